using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Tests.Evaluation;

public sealed class EvaluationTests
{
    private static readonly DateTimeOffset Live = SyntheticWorld.Start.AddDays(28);
    private static readonly DateTimeOffset End = Live.AddDays(14);
    private static readonly DateTimeOffset Now = End.AddDays(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Finds_exactly_the_shifted_column_and_since_when(int seed)
    {
        var drift = Live.AddDays(7);
        var world = new SyntheticWorld((ulong)seed) { DriftFrom = drift };
        var store = await RunAsync(world, SyntheticWorld.Start);

        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation));
        Assert.Equal(("number0", "drift.ted"), (alert.Column, alert.Monitor));
        Assert.InRange(alert.StartsAt, drift, drift.AddHours(12));
        var finding = (await store.FindingsAsync(SyntheticWorld.Model, new TimeWindow(Live, Now), Cancellation))[0];
        Assert.InRange(finding.Since, drift.AddHours(-3), drift.AddHours(6));
        Assert.Equal("referenceSigma", finding.Size.Unit);
    }

    [Theory, InlineData(11), InlineData(12), InlineData(13)]
    public async Task Stays_silent_over_rhythm_alone(int seed)
    {
        var store = await RunAsync(new SyntheticWorld((ulong)seed), SyntheticWorld.Start);
        Assert.Empty(await store.AlertsAsync(SyntheticWorld.Model, null, Cancellation));
    }

    [Fact]
    public async Task An_outage_of_values_is_a_quality_alert_on_its_column()
    {
        var store = await RunAsync(new SyntheticWorld(21) { NullsFrom = Live.AddDays(5) }, SyntheticWorld.Start);
        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation));
        Assert.Equal(("number1", "quality.ted", Severity.Critical), (alert.Column, alert.Monitor, alert.Severity));
    }

    [Fact]
    public async Task A_shift_that_ends_resolves_its_alert()
    {
        var world = new SyntheticWorld(31);
        var shifted = new SyntheticWorld(31) { DriftFrom = Live };
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var store = await SyntheticWorld.StoreAsync(reference);
        var (moved, movedKnown) = shifted.Rows(Live, Live.AddDays(3));
        var (back, backKnown) = world.Rows(Live.AddDays(3), End);
        var rows = new LabelledColumns(
            RowConcatenation.Of([moved.Rows, back.Rows]), true, [.. moved.Outcomes, .. back.Outcomes], [.. moved.OutcomeTexts, .. back.OutcomeTexts], []);
        await EvaluateAsync(store, new MemoryModelLog(rows, [.. movedKnown, .. backKnown]), [End]);

        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, null, Cancellation));
        Assert.Equal(AlertState.Resolved, alert.State);
        Assert.InRange(alert.EndsAt!.Value, Live.AddDays(3), Live.AddDays(7));
    }

    [Fact]
    public async Task A_reference_without_times_raises_no_drift_alert_in_four_weeks_of_rhythm_and_says_why()
    {
        var world = new SyntheticWorld(41);
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var store = await SyntheticWorld.StoreAsync(reference with { HasTimes = false });
        var stored = await store.FindReferenceAsync(SyntheticWorld.Model, Cancellation);
        Assert.Equal("provisional", stored!.Receipt.State);
        Assert.Contains(stored.Receipt.Warnings, w => w.Contains("no event times", StringComparison.Ordinal));

        var (rows, known) = world.Rows(Live, Live.AddDays(42));
        await EvaluateAsync(store, new MemoryModelLog(rows, known), [Live.AddDays(42)]);

        Assert.Empty(await store.AlertsAsync(SyntheticWorld.Model, null, Cancellation));
    }

    [Fact]
    public async Task Without_a_reference_four_weeks_of_production_become_it()
    {
        var world = new SyntheticWorld(51) { DriftFrom = SyntheticWorld.Start.AddDays(35) };
        var store = await SyntheticWorld.StoreAsync(null);
        var (rows, known) = world.Rows(SyntheticWorld.Start, SyntheticWorld.Start.AddDays(42));
        await EvaluateAsync(store, new MemoryModelLog(rows, known), [SyntheticWorld.Start.AddDays(10), SyntheticWorld.Start.AddDays(30), SyntheticWorld.Start.AddDays(42)]);

        var reference = await store.FindReferenceAsync(SyntheticWorld.Model, Cancellation);
        Assert.Equal("watching", reference!.Receipt.State);
        Assert.Equal(SyntheticWorld.Start, reference.Receipt.From);
        var alert = Assert.Single(await store.AlertsAsync(SyntheticWorld.Model, AlertState.Firing, Cancellation));
        Assert.Equal("number0", alert.Column);
    }

    [Fact]
    public async Task Findings_are_byte_identical_however_rows_are_ordered_and_closes_are_cut()
    {
        const string plan = "{operations: {latencyObjective: 300ms}, thresholds: [{id: floor, measure: auc, below: 0.72, when: interval, severity: critical}, {measure: accuracy, below: 0.4}]}";
        var world = new SyntheticWorld(61) { DriftFrom = Live.AddDays(4), NullsFrom = Live.AddDays(8), ConceptFrom = Live.AddDays(6), SlowFrom = Live.AddDays(9) };
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var (rows, known) = world.Rows(Live, End);
        DateTimeOffset[][] cuts =
        [
            [End],
            [.. Enumerable.Range(1, 14).Select(d => Live.AddDays(d))],
            [.. Enumerable.Range(1, 14 * 24).Select(h => Live.AddHours(h))],
        ];
        var seen = new HashSet<string>();
        var states = new HashSet<string>();
        for (int shuffle = 0; shuffle < 2; shuffle++)
        {
            int[] order = [.. Enumerable.Range(0, rows.Rows.Count)];
            if (shuffle == 1) { Array.Sort([.. order.Select(i => (i * 2654435761L) % 1_000_003)], order); }
            var shuffled = new LabelledColumns(
                RowOrder.Permute(rows.Rows, order), true, [.. order.Select(i => rows.Outcomes[i])], [.. order.Select(i => rows.OutcomeTexts[i])], []);
            foreach (var cut in cuts)
            {
                var store = await SyntheticWorld.StoreAsync(reference, plan);
                await EvaluateAsync(store, new MemoryModelLog(shuffled, [.. order.Select(i => known[i])]), cut);
                var findings = await store.FindingsAsync(SyntheticWorld.Model, new TimeWindow(Live, Now), Cancellation);
                Assert.True(findings.Count > 20, $"{findings.Count} findings");
                Assert.Equal(["drift", "operations", "performance", "quality"], findings.Select(f => f.Topic).Distinct().Order());
                seen.Add(JsonSerializer.Serialize(findings, BellwetherJson.Default.Options));
                states.Add(Convert.ToHexString((await store.LoadStateAsync(SyntheticWorld.Model, Cancellation))!.Value.State));
            }
        }
        Assert.Single(seen);
        Assert.Single(states);
    }

    [Fact]
    public async Task Realised_performance_comes_with_outcomes_as_they_become_known()
    {
        var world = new SyntheticWorld(71);
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var (rows, known) = world.Rows(Live, End);
        var store = await SyntheticWorld.StoreAsync(reference);
        await EvaluateAsync(store, new MemoryModelLog(rows, known), [End]);
        var reports = await store.ReportsAsync(SyntheticWorld.Model, new TimeWindow(Live, End), Cancellation);

        Assert.Equal(14 * 24, reports.Count);
        Assert.All(reports.Where(r => r.End <= End.AddHours(-50)), r => Assert.Equal((1.0, "ok"), (r.Coverage, r.Measures["auc"].State)));
        Assert.All(reports.Where(r => r.Start >= End.AddHours(-47)), r => Assert.Equal((0.0, "noOutcomes"), (r.Coverage, r.Measures["auc"].State)));
        Assert.True(reports[0].Revision > 1);
    }

    [Fact]
    public async Task A_close_through_the_newest_outcome_judges_the_last_days_of_a_model_without_new_rows()
    {
        var world = new SyntheticWorld(91) { ConceptFrom = Live };
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var (rows, known) = world.Rows(Live, Live.AddDays(1));
        var store = await SyntheticWorld.StoreAsync(reference, "thresholds: [{id: floor, measure: auc, below: 0.72}]");
        var log = new MemoryModelLog(rows, known);
        await EvaluateAsync(store, log, [Live.AddDays(1)]);
        Assert.DoesNotContain(await store.FindingsAsync(SyntheticWorld.Model, new TimeWindow(Live, Now), Cancellation), f => f.Topic == "performance");

        await EvaluateAsync(store, log, [Instants.FromMicroseconds(known.Max()).AddHours(1)]);
        Assert.Contains(await store.FindingsAsync(SyntheticWorld.Model, new TimeWindow(Live, Now), Cancellation), f => f.Topic == "performance");
        Assert.All(await store.ReportsAsync(SyntheticWorld.Model, new TimeWindow(Live, Now), Cancellation), r => Assert.Equal(1.0, r.Coverage));
    }

    [Fact]
    public async Task A_second_owner_of_the_state_is_fenced()
    {
        var world = new SyntheticWorld(81);
        var (reference, _) = world.Rows(SyntheticWorld.Start, Live);
        var (rows, known) = world.Rows(Live, Live.AddDays(2));
        var store = await SyntheticWorld.StoreAsync(reference);
        var log = new MemoryModelLog(rows, known);
        var first = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
        var second = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
        await first!.EvaluateAsync(Live.AddDays(1), "request", Now, Cancellation);
        await Assert.ThrowsAsync<FencedException>(() => second!.EvaluateAsync(Live.AddDays(1), "request", Now, Cancellation));
    }

    private static async Task<MemoryMonitorStore> RunAsync(SyntheticWorld world, DateTimeOffset from)
    {
        var (reference, _) = world.Rows(from, Live);
        var (rows, known) = world.Rows(Live, End);
        var store = await SyntheticWorld.StoreAsync(reference);
        await EvaluateAsync(store, new MemoryModelLog(rows, known), [End]);
        return store;
    }

    /// <summary>Loads anew for every close, as a restarted server would.</summary>
    private static async Task EvaluateAsync(MemoryMonitorStore store, MemoryModelLog log, IEnumerable<DateTimeOffset> closes)
    {
        foreach (var through in closes)
        {
            var evaluator = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
            await evaluator!.EvaluateAsync(through, "request", Now, Cancellation);
        }
    }
}
