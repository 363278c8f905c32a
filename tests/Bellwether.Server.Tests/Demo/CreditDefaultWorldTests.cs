using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Demo;
using Bellwether.Statistics.Performance;

namespace Bellwether.Server.Tests.Demo;

public sealed class CreditDefaultWorldTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 17, 13, 25, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Alerts_rise_on_exactly_what_the_seed_disturbs(int seed)
    {
        var world = new CreditDefaultWorld(new DemoOptions((ulong)seed, true, Now));
        var store = await EvaluateAsync(world, world.Reference());
        var alerts = await store.AlertsAsync(CreditDefaultWorld.Model, null, Cancellation);

        Assert.Equal(
            world.Scenario.Expectations.Select(e => $"{e.Topic} {e.Column}").Order(StringComparer.Ordinal),
            alerts.Select(a => $"{a.Monitor.Replace(".ted", "", StringComparison.Ordinal).Replace("auc-floor", "performance", StringComparison.Ordinal)} {a.Column}").Order(StringComparer.Ordinal));
        Assert.All(alerts, a => Assert.Equal(AlertState.Firing, a.State));
        foreach (var expected in world.Scenario.Expectations.Where(e => e.Topic != "performance"))
        {
            var alert = alerts.Single(a => a.Column == expected.Column);
            Assert.InRange(alert.StartsAt, expected.From, expected.From.AddHours(24));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Nothing_is_alerted_when_nothing_is_disturbed(int seed)
    {
        var world = new CreditDefaultWorld(new DemoOptions((ulong)seed, false, Now));
        var store = await EvaluateAsync(world, world.Reference());
        Assert.Empty(await store.AlertsAsync(CreditDefaultWorld.Model, null, Cancellation));
    }

    [Fact]
    public async Task A_reference_without_times_over_the_same_rhythm_raises_nothing_in_four_weeks()
    {
        var world = new CreditDefaultWorld(new DemoOptions(1, false, Now));
        var reference = world.Reference();
        var store = await EvaluateAsync(world, reference with { HasTimes = false }, world.Options.ReferenceEnd.AddDays(28));
        Assert.Empty(await store.AlertsAsync(CreditDefaultWorld.Model, null, Cancellation));
        Assert.Contains((await store.FindReferenceAsync(CreditDefaultWorld.Model, Cancellation))!.Receipt.Warnings, w => w.Contains("no event times", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_and_hour_give_the_same_rows()
    {
        var hour = DemoOptions.HourOf(Now).AddDays(-3);
        var one = new CreditDefaultWorld(new DemoOptions(7, true, Now)).OfHour(hour);
        var two = new CreditDefaultWorld(new DemoOptions(7, true, Now.AddMinutes(20))).OfHour(hour);
        Assert.Equal(Body(one), Body(two));
        Assert.NotEqual(Body(one), Body(new CreditDefaultWorld(new DemoOptions(8, true, Now)).OfHour(hour)));
    }

    [Fact]
    public void Without_drift_the_rows_before_any_event_are_the_same()
    {
        var hour = DemoOptions.HourOf(Now).AddDays(-10);
        Assert.Equal(
            Body(new CreditDefaultWorld(new DemoOptions(7, true, Now)).OfHour(hour)),
            Body(new CreditDefaultWorld(new DemoOptions(7, false, Now)).OfHour(hour)));
    }

    [Fact]
    public void The_model_ranks_well_before_the_drift_and_badly_after()
    {
        var world = new CreditDefaultWorld(new DemoOptions(1, true, Now));
        double before = Auc(world, world.Options.Start, world.Options.Start.AddDays(7));
        double after = Auc(world, world.Scenario.HarmFrom.AddHours(12), Now);
        Assert.InRange(before, .8, .88);
        Assert.InRange(after, .5, .69);
    }

    private static double Auc(CreditDefaultWorld world, DateTimeOffset from, DateTimeOffset to)
    {
        var hours = world.Between(from, to).ToList();
        return BinaryPerformance.RocAuc(
            hours.SelectMany(h => h.Rows.Scores).ToArray(), hours.SelectMany(h => h.Outcomes).Select(o => o == 1).ToArray()).Value;
    }

    private static string Body(DemoHour hour)
    {
        using var body = new MemoryStream();
        DemoBodies.WritePredictions(hour.Rows, 0, hour.Rows.Count, body);
        DemoBodies.WriteOutcomes(hour, Enumerable.Range(0, hour.Rows.Count), body);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task<MemoryMonitorStore> EvaluateAsync(CreditDefaultWorld world, LabelledColumns reference, DateTimeOffset? until = null)
    {
        var end = until ?? Now;
        var hours = world.Between(world.Options.ReferenceEnd, end).ToList();
        var rows = RowConcatenation.Of([.. hours.Select(h => h.Rows)]);
        long now = end.ToMicroseconds();
        var log = new MemoryModelLog(
            new LabelledColumns(rows, true, [.. hours.SelectMany(h => h.Outcomes)], new string?[rows.Count], []),
            [.. hours.SelectMany(h => h.KnownAt).Select(k => k <= now ? k : long.MaxValue)]);
        var store = new MemoryMonitorStore();
        await store.DefineAsync(CreditDefaultWorld.Model, CreditDefaultWorld.Definition, "test", Now, Cancellation);
        await store.SavePlanAsync(CreditDefaultWorld.Model, CreditDefaultWorld.PlanText, "test", Now, Cancellation);
        var plan = CompiledPlan.Compile(CreditDefaultWorld.Model, CreditDefaultWorld.Definition, PlanReader.Read(CreditDefaultWorld.PlanText).Plan, 1, out _)!;
        await store.SaveReferenceAsync(CreditDefaultWorld.Model, ReferenceFitter.Fit(plan, "first four weeks", "demo", reference), "test", Now, Cancellation);
        var evaluator = await ModelEvaluator.LoadAsync(CreditDefaultWorld.Model, log, store, Cancellation);
        await evaluator!.EvaluateAsync(end, "request", end, Cancellation);
        return store;
    }
}
