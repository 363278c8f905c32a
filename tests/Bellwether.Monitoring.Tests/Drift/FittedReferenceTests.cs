using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Tests.Drift;

public sealed class FittedReferenceTests
{
    private static readonly DateTimeOffset End = SyntheticWorld.Start.AddDays(14);

    [Fact]
    public void A_reference_read_back_serves_a_later_plan_as_the_one_written_does()
    {
        var fitted = Fit(latencies: true);
        var read = FittedReference.FromBytes(fitted.ToBytes());
        Assert.Equal((TimeSpan.FromHours(1), "UTC"), (read.Window, read.Zone));
        foreach (var plan in new[] { Plan("1d", 300_000), Plan("1h", 300_000), Plan("1h", null) })
        {
            Assert.Equal(fitted.For(plan).ToBytes(), read.For(plan).ToBytes());
            Assert.Equal(fitted.ShortcomingsFor(plan), read.ShortcomingsFor(plan));
        }
        Assert.Same(read, read.For(Plan("1h", null)));
    }

    [Fact]
    public void Another_objective_is_held_against_the_latencies_of_the_reference()
    {
        var fitted = Fit(latencies: true);
        var used = fitted.For(Plan("1h", 50_000));
        Assert.Equal(50_000, used.Schema.LatencyObjectiveMicroseconds);
        Assert.True(used.IsWatching);
        // Half of the latencies lie above their median, to within chance.
        Assert.InRange(used.Find(EventStream.LatencyColumn)!.Reference.P[0], 0.48, 0.52);
        Assert.Null(fitted.For(Plan("1h", null)).Find(EventStream.LatencyColumn));
    }

    [Fact]
    public void A_reference_without_latencies_says_that_their_share_is_learnt()
    {
        var used = FittedReference.FromBytes(Fit(latencies: false).ToBytes()).For(Plan("1h", 300_000));
        Assert.Null(used.Find(EventStream.LatencyColumn));
        Assert.Contains("holds no latencies", Assert.Single(used.ShortcomingsFor(Plan("1h", 300_000))), StringComparison.Ordinal);
    }

    private static FittedReference Fit(bool latencies)
    {
        var (rows, _) = new SyntheticWorld(111).Rows(SyntheticWorld.Start, End);
        if (!latencies) { Array.Fill(rows.Rows.Latencies, double.NaN); }
        return FittedReference.FromBytes(ReferenceFitter.Fit(Plan("1h", null), "june", "digest", rows).Fitted);
    }

    private static CompiledPlan Plan(string window, long? objectiveMicroseconds)
    {
        var plan = PlanReader.Read(objectiveMicroseconds is { } o ? $"operations: {{latencyObjective: {o / 1000}ms}}" : "thresholds: []").Plan;
        return CompiledPlan.Compile(SyntheticWorld.Model, new ModelDefinition(ModelTask.Binary) { Window = window }, plan, 1, out _)!;
    }
}
