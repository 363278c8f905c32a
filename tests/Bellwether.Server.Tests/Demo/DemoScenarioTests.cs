using System.Globalization;
using Bellwether.Server.Demo;

namespace Bellwether.Server.Tests.Demo;

public sealed class DemoScenarioTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 17, 13, 25, 0, TimeSpan.Zero);

    [Fact]
    public void Seeds_draw_different_features_and_a_seed_always_the_same()
    {
        string[] draws = [.. Enumerable.Range(1, 20).Select(seed => Draw(new DemoOptions((ulong)seed, true, Now)))];
        Assert.True(draws.Distinct().Count() > 10);
        Assert.Equal(draws[4], Draw(new DemoOptions(5, true, Now.AddYears(1))));
    }

    [Fact]
    public void Every_disturbance_hits_a_feature_of_its_own()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var scenario = new DemoScenario(new DemoOptions(seed, true, Now));
            string[] hit = [.. scenario.Harmful.Select(s => s.Feature), scenario.HarmlessShift.Feature, scenario.Broken];
            Assert.Equal(5, hit.Distinct().Count());
            Assert.All(scenario.Harmful, s => Assert.InRange(Math.Abs(s.Shift), .8, 1.2));
            Assert.All(scenario.Harmful, s => Assert.NotEqual(0, Feature(s.Feature).Weight));
            Assert.Equal(0, Feature(scenario.HarmlessShift.Feature).Weight);
        }
    }

    [Fact]
    public void The_outage_leaves_most_values_missing_and_few_were_missing_before()
    {
        var world = new CreditDefaultWorld(new DemoOptions(3, true, Now));
        Assert.InRange(world.Scenario.BrokenShare, .6, 1);
        Assert.InRange(NullShare(world, world.Scenario.BrokenFrom, Now), world.Scenario.BrokenShare - .03, world.Scenario.BrokenShare + .03);
        Assert.InRange(NullShare(world, world.Scenario.BrokenFrom.AddDays(-3), world.Scenario.BrokenFrom), 0, .01);
    }

    [Fact]
    public void Latency_passes_its_objective_fifteen_times_as_often_in_the_last_two_days()
    {
        var world = new CreditDefaultWorld(new DemoOptions(3, true, Now));
        Assert.InRange(SlowShare(world, world.Scenario.SlowFrom.AddDays(-3), world.Scenario.SlowFrom), .005, .015);
        Assert.InRange(SlowShare(world, world.Scenario.SlowFrom, Now), .13, .17);
    }

    [Fact]
    public void Traffic_and_amounts_follow_the_day_and_the_week()
    {
        var world = new CreditDefaultWorld(new DemoOptions(3, false, Now));
        var monday = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.True(world.OfHour(monday.AddHours(13)).Rows.Count > 2 * world.OfHour(monday.AddHours(1)).Rows.Count);
        Assert.True(world.OfHour(monday.AddHours(13)).Rows.Count > 1.15 * world.OfHour(monday.AddDays(5).AddHours(13)).Rows.Count);
        Assert.True(Mean(world, "amount", monday.AddHours(11), 5) > 1.2 * Mean(world, "amount", monday.AddHours(23), 5));
    }

    [Fact]
    public void Six_weeks_hold_the_rows_that_the_documentation_promises()
    {
        var world = new CreditDefaultWorld(new DemoOptions(1, true, Now));
        int week = world.Between(world.Options.Start, world.Options.Start.AddDays(7)).Sum(h => h.Rows.Count);
        Assert.InRange(6 * week, 180_000, 260_000);
    }

    [Fact]
    public void Outcomes_are_known_between_48_and_49_hours_after_the_prediction()
    {
        var hour = new CreditDefaultWorld(new DemoOptions(1, true, Now)).OfHour(DemoOptions.HourOf(Now).AddDays(-9));
        Assert.All(Enumerable.Range(0, hour.Rows.Count), i =>
            Assert.InRange(hour.KnownAt[i] - hour.Rows.Timestamps[i], 48 * 3_600_000_000L, 49 * 3_600_000_000L));
    }

    [Fact]
    public void The_documentation_lists_every_feature_and_what_the_default_seed_disturbs()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "demo.md"));
        var scenario = new DemoScenario(new DemoOptions(1, true, Now));
        Assert.All(DemoFeature.All, f => Assert.Contains($"| `{f.Name}` |", text, StringComparison.Ordinal));
        string[] drawn = [.. scenario.Harmful.Select(s => $"`{s.Feature}` ({Signed(s.Shift)} σ)"), $"`{scenario.HarmlessShift.Feature}` ({Signed(scenario.HarmlessShift.Shift)} σ)", $"`{scenario.Broken}` ({Math.Round(scenario.BrokenShare * 100)} % missing)"];
        Assert.All(drawn, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static string Signed(double value) => value.ToString("+0.00;−0.00", CultureInfo.InvariantCulture);

    private static string Draw(DemoOptions options)
    {
        var scenario = new DemoScenario(options);
        return string.Join(' ', [.. scenario.Harmful.Select(s => s.Feature), scenario.HarmlessShift.Feature, scenario.Broken]);
    }

    private static DemoFeature Feature(string name) => DemoFeature.All.Single(f => f.Name == name);

    private static double NullShare(CreditDefaultWorld world, DateTimeOffset from, DateTimeOffset to)
    {
        var states = world.Between(from, to).SelectMany(h => h.Rows.Features.Single(f => f.Name == world.Scenario.Broken).States.Take(h.Rows.Count)).ToList();
        return (double)states.Count(s => s == 1) / states.Count;
    }

    private static double SlowShare(CreditDefaultWorld world, DateTimeOffset from, DateTimeOffset to) =>
        world.Between(from, to).SelectMany(h => h.Rows.Latencies).Average(l => l > .3 ? 1.0 : 0);

    private static double Mean(CreditDefaultWorld world, string feature, DateTimeOffset from, int hours) =>
        world.Between(from, from.AddHours(hours)).SelectMany(h => h.Rows.Features.Single(f => f.Name == feature).Numbers).Where(double.IsFinite).Average();

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bellwether.slnx"))) { return folder.FullName; }
        }
        throw new DirectoryNotFoundException($"No Bellwether.slnx above {AppContext.BaseDirectory}.");
    }
}
