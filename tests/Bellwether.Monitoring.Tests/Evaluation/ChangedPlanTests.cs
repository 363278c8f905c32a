using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Monitoring.Tests.Evaluation;

/// <summary>A definition or a plan that changes after the reference came.</summary>
public sealed class ChangedPlanTests
{
    private static readonly DateTimeOffset Live = SyntheticWorld.Start.AddDays(28);
    private static readonly TimeWindow Week = new(Live, Live.AddDays(7));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_windows_make_the_reference_provisional_and_say_so()
    {
        var world = new SyntheticWorld(101) { DriftFrom = Live.AddDays(10) };
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = world.Rows(Live, Live.AddDays(14));
        var log = new MemoryModelLog(rows, known);
        await EvaluateAsync(store, log, Live.AddHours(50));

        await RedefineAsync(store, "1d");
        var before = await PageAsync(store); // Before anything is evaluated anew.
        await EvaluateAsync(store, log, Live.AddDays(7));
        var after = await PageAsync(store);

        Assert.All([before, after], page => Assert.Contains("was fitted for windows of 1h", page.ReferenceText, StringComparison.Ordinal));
        Assert.Equal([TimeSpan.FromDays(1)], (await store.ReportsAsync(SyntheticWorld.Model, new TimeWindow(Live.AddDays(3), Live.AddDays(7)), Cancellation)).Select(r => r.End - r.Start).Distinct());
        Assert.Equal(ModelState.Provisional, after.Verdict.State);
        Assert.NotEmpty(after.Heatmap.Rows);

        await RedefineAsync(store, null);
        Assert.DoesNotContain("was fitted for", (await PageAsync(store)).ReferenceText, StringComparison.Ordinal);
        await EvaluateAsync(store, log, Live.AddDays(14));
        Assert.Equal("number0", Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation)).Column);
    }

    [Fact]
    public async Task Other_windows_leave_earlier_reports_as_they_are()
    {
        var world = new SyntheticWorld(102);
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = world.Rows(Live, Live.AddDays(5));
        var log = new MemoryModelLog(rows, known);
        await EvaluateAsync(store, log, Live.AddDays(2));
        await RedefineAsync(store, "1d");
        await EvaluateAsync(store, log, Live.AddDays(5));

        var hourly = (await store.ReportsAsync(SyntheticWorld.Model, Week, Cancellation)).Where(r => r.End - r.Start == TimeSpan.FromHours(1));
        Assert.All(hourly, r => Assert.Equal((60L, 1), (r.Rows, r.Revision)));
    }

    [Fact]
    public async Task A_latency_objective_that_comes_after_the_reference_is_watched()
    {
        var world = new SyntheticWorld(103) { SlowFrom = Live.AddDays(2) };
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows, "thresholds: []");
        await store.SavePlanAsync(SyntheticWorld.Model, "operations: {latencyObjective: 300ms}", "test", Live, Cancellation);
        var (rows, known) = world.Rows(Live, Week.End);

        await EvaluateAsync(store, new MemoryModelLog(rows, known), Week.End);

        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation));
        Assert.Equal(("_latency", "operations.ted", Severity.Critical), (alert.Column, alert.Monitor, alert.Severity));
    }

    [Fact]
    public async Task A_latency_objective_that_leaves_takes_its_alert_along()
    {
        var world = new SyntheticWorld(104) { SlowFrom = Live.AddDays(1) };
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = world.Rows(Live, Week.End);
        var log = new MemoryModelLog(rows, known);
        await EvaluateAsync(store, log, Live.AddDays(3));
        Assert.Equal("_latency", Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation)).Column);

        await store.SavePlanAsync(SyntheticWorld.Model, "thresholds: []", "test", Live, Cancellation);
        await EvaluateAsync(store, log, Week.End);

        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, null, Cancellation));
        Assert.Equal((AlertState.Resolved, "resolved: its column left the plan"), (alert.State, alert.History[^1].Event));
    }

    [Fact]
    public async Task Features_that_a_plan_selects_after_the_reference_are_the_ones_watched()
    {
        var world = new SyntheticWorld(105) { DriftFrom = Live.AddDays(2), NullsFrom = Live.AddDays(3) };
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows, "thresholds: []");
        await store.SavePlanAsync(SyntheticWorld.Model, "features: [number1, nowhere]", "test", Live, Cancellation);
        var (rows, known) = world.Rows(Live, Week.End);

        await EvaluateAsync(store, new MemoryModelLog(rows, known), Week.End);

        Assert.Equal("number1", Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation)).Column);
        var page = await PageAsync(store);
        Assert.Equal(["number1", "_score"], page.Heatmap.Rows.Select(r => r.Column));
        Assert.Contains("'nowhere' of the plan is not in the reference", page.ReferenceText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_share_of_the_budget_never_raises_evidence()
    {
        var world = new SyntheticWorld(106);
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = world.Rows(Live, Live.AddDays(2));
        var log = new MemoryModelLog(rows, known);
        await EvaluateAsync(store, log, Live.AddDays(2));
        var (all, state) = await MonitorAsync(store, log);

        await store.SavePlanAsync(SyntheticWorld.Model, "{operations: {latencyObjective: 300ms}, features: [number1]}", "test", Live, Cancellation);
        var (one, _) = await MonitorAsync(store, log);

        foreach (var watch in one.Streams)
        {
            double before = all.Streams.Single(s => s.Stream.Key == watch.Stream.Key).Detector!.Evidence(0);
            double share = state.Streams.Single(s => s.Key == watch.Stream.Key).Weight!.Value;
            double now = one.ToState().Streams.Single(s => s.Key == watch.Stream.Key).Weight!.Value;
            Assert.Equal(before * Math.Min(1, share / now), watch.Detector!.Evidence(0), 1e-12);
        }
        Assert.Contains(one.Streams, s => s.Detector!.Evidence(0) < all.Streams.Single(a => a.Stream.Key == s.Stream.Key).Detector!.Evidence(0));
    }

    private static async Task<(ModelMonitor Monitor, MonitorState State)> MonitorAsync(MemoryMonitorStore store, MemoryModelLog log)
    {
        var evaluator = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
        var reference = Monitoring.Drift.FittedReference.FromBytes((await store.FindReferenceAsync(SyntheticWorld.Model, Cancellation))!.Fitted);
        var state = MonitorState.FromBytes((await store.LoadStateAsync(SyntheticWorld.Model, Cancellation))!.Value.State);
        return (new ModelMonitor(evaluator!.Plan, reference, state), state);
    }

    private static async Task RedefineAsync(MemoryMonitorStore store, string? window) => await store.DefineAsync(
        SyntheticWorld.Model, new ModelDefinition(ModelTask.Binary) { FalseAlarmsPerYear = 1, Window = window }, "test", Live, Cancellation);

    private static async Task<ModelPage> PageAsync(MemoryMonitorStore store) =>
        (await new ModelViews(store, new KnownActivity(ModelActivity.None)).ModelAsync(SyntheticWorld.Model, TimeSpan.FromDays(7), Live, Cancellation))!;

    private static async Task EvaluateAsync(MemoryMonitorStore store, MemoryModelLog log, DateTimeOffset through)
    {
        var evaluator = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
        await evaluator!.EvaluateAsync(through, "request", through, Cancellation);
    }
}
