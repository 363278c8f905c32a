using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Tests.Evaluation;

public sealed class OutcomeScheduleTests
{
    private const string Plan = "{thresholds: [{id: floor, measure: auc, below: 0.99, severity: critical}, {measure: accuracy, below: 0.99}]}";
    private static readonly DateTimeOffset Start = SyntheticWorld.Start;
    private static readonly DateTimeOffset End = Start.AddHours(72);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_and_reports_are_the_same_however_unevenly_closes_are_cut_while_outcomes_trickle_in()
    {
        // Outcomes of each window become known in many later ones, up to a day and a half on.
        var (rows, _) = new SyntheticWorld(91, rowsPerHour: 80).Rows(Start, End);
        long[] known = [.. rows.Rows.Timestamps.Select((t, i) => t + (i * 7919L % 2160) * 60_000_000)];
        int[][] cuts = [[72], [1, 2, 7, 12, 72], [3, 5, 6, 31, 33, 34, 60, 72], [.. Enumerable.Range(1, 72)]];
        var findings = new HashSet<string>();
        var reports = new HashSet<string>();
        foreach (int[] cut in cuts)
        {
            var store = await EvaluateAsync(new MemoryModelLog(rows, known), [.. cut.Select(h => Start.AddHours(h))]);
            var found = await store.FindingsAsync(SyntheticWorld.Model, new TimeWindow(Start, End.AddTicks(1)), Cancellation);
            Assert.True(found.Count > 20, $"{found.Count} findings");
            findings.Add(JsonSerializer.Serialize(found, BellwetherJson.Default.Options));
            reports.Add(JsonSerializer.Serialize(await ReportsAsync(store), BellwetherJson.Default.Options));
        }
        Assert.Single(findings);
        Assert.Single(reports);
    }

    [Fact]
    public async Task A_window_is_revised_once_for_outcomes_that_become_known_together()
    {
        var (rows, _) = new SyntheticWorld(92).Rows(Start, End);
        long[] known = [.. rows.Rows.Timestamps.Select(t => t < Start.AddHours(1).ToMicroseconds() ? Start.AddMinutes(90).ToMicroseconds() : long.MaxValue)];
        known[0] = Start.AddHours(5).ToMicroseconds();

        var store = await EvaluateAsync(new MemoryModelLog(rows, known), [Start.AddHours(1), Start.AddHours(2), Start.AddHours(7), Start.AddHours(12)]);

        var first = (await ReportsAsync(store))[0];
        Assert.Equal((3, 60L, Start.AddHours(5)), (first.Revision, first.Outcomes, first.AsOf));
    }

    private static async Task<IReadOnlyList<WindowReport>> ReportsAsync(MemoryMonitorStore store) =>
        await store.ReportsAsync(SyntheticWorld.Model, new TimeWindow(Start, End), Cancellation);

    private static async Task<MemoryMonitorStore> EvaluateAsync(MemoryModelLog log, DateTimeOffset[] closes)
    {
        var store = await SyntheticWorld.StoreAsync(null, Plan);
        foreach (var through in closes)
        {
            var evaluator = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
            await evaluator!.EvaluateAsync(through, "request", End, Cancellation);
        }
        return store;
    }
}
