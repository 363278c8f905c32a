using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Chance;
using Bellwether.Storage.Tests.Log;

namespace Bellwether.Storage.Tests.Evaluation;

/// <summary>The evaluator over a log on disk: what comes after its window closed.</summary>
public sealed class LateRowTests
{
    private const int RowsPerHour = 30;
    private static readonly DateTimeOffset Begin = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Live = Begin.AddDays(21);
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Always = new(Begin, Now.AddYears(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_rows_give_their_window_a_new_revision_and_leave_every_detector_and_finding_as_it_was()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var late = await StoreAsync(log);
        var quiet = await StoreAsync(log);
        await EvaluateAsync(log, late, Live.AddHours(20)); // The number has shifted from hour 5 on: episodes are open.
        await EvaluateAsync(log, quiet, Live.AddHours(20));
        var before = await late.FindingsAsync(TemporaryLog.Model, Always, Cancellation);
        Assert.NotEmpty(before);

        await log.PredictAsync(Rows(Live.AddHours(3), 1, "late", shift: 9));
        await log.KnowAsync($$"""{"id":"late{{Live.AddHours(3).ToUnixTimeSeconds()}}-0","outcome":1,"timestamp":"{{UtcInstantConverter.Format(Live.AddHours(6))}}"}""");
        var changes = await EvaluateAsync(log, late, Live.AddHours(20));

        var summary = Assert.Single(changes!.Summaries);
        Assert.Equal((Live.AddHours(3), 2, 2L * RowsPerHour), (summary.Window.Start, summary.Revision, summary.Rows));
        var report = await ReportAsync(late, Live.AddHours(3));
        Assert.Equal((2L * RowsPerHour, 1L), (report.Rows, report.Outcomes));
        Assert.True(report.Revision > 1);
        Assert.Empty(changes.Notifications);
        Assert.Equal(before, await late.FindingsAsync(TemporaryLog.Model, Always, Cancellation));
        Assert.Equal(await DecidedAsync(quiet), await DecidedAsync(late));

        // What comes afterwards is judged as if nothing had been late.
        await EvaluateAsync(log, late, Live.AddHours(40));
        await EvaluateAsync(log, quiet, Live.AddHours(40));
        Assert.Equal(await DecidedAsync(quiet), await DecidedAsync(late));
        Assert.Equal(Text(await quiet.FindingsAsync(TemporaryLog.Model, Always, Cancellation)), Text(await late.FindingsAsync(TemporaryLog.Model, Always, Cancellation)));
    }

    [Fact]
    public async Task The_new_revision_is_what_one_fold_of_all_rows_gives()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var early = await StoreAsync(log);
        await EvaluateAsync(log, early, Live.AddHours(10));
        await log.PredictAsync(Rows(Live.AddHours(2), 3, "late", shift: 0.3));
        await EvaluateAsync(log, early, Live.AddHours(12));
        var whole = await StoreAsync(log);
        await EvaluateAsync(log, whole, Live.AddHours(12));

        Assert.Equal(await SummariesAsync(whole), await SummariesAsync(early));
    }

    [Fact]
    public async Task Rows_that_a_crash_left_between_the_log_and_the_fold_are_folded_after_the_start()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var store = await StoreAsync(log);
        await EvaluateAsync(log, store, Live.AddHours(10));
        await log.PredictAsync(Rows(Live.AddHours(7), 1, "late"));
        await log.CrashAsync();

        var changes = await EvaluateAsync(log, store, Live.AddHours(10));
        Assert.Equal((Live.AddHours(7), 2), Assert.Single(changes!.Summaries) is var s ? (s.Window.Start, s.Revision) : default);
        await log.CrashAsync();
        Assert.Null(await EvaluateAsync(log, store, Live.AddHours(10)));
    }

    [Fact]
    public async Task Repeats_and_revisions_of_rows_that_were_counted_give_no_new_revision()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var store = await StoreAsync(log);
        await EvaluateAsync(log, store, Live.AddHours(10));

        var repeats = await log.PredictAsync(Rows(Live.AddHours(4), 1));
        Assert.Equal((0, RowsPerHour), (repeats.Receipt.Accepted, repeats.Receipt.Duplicates));
        await log.PredictAsync(Rows(Live.AddHours(4), 1, shift: 5)); // The same ids with other values.
        await log.RestartAsync();
        await log.PredictAsync(Rows(Live.AddHours(4), 1));
        Assert.Null(await EvaluateAsync(log, store, Live.AddHours(10)));

        var next = await EvaluateAsync(log, store, Live.AddHours(11));
        Assert.Equal((Live.AddHours(10), 1), Assert.Single(next!.Summaries) is var s ? (s.Window.Start, s.Revision) : default);
    }

    [Fact]
    public async Task A_window_that_closed_empty_appears_when_its_rows_come_and_then_follows_its_outcomes()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var store = await StoreAsync(log);
        await EvaluateAsync(log, store, Live.AddHours(72)); // Rows end at hour 60.
        await log.PredictAsync(Rows(Live.AddHours(65), 1, "late"));
        await EvaluateAsync(log, store, Live.AddHours(72));
        Assert.Equal((2, (long)RowsPerHour, 0L), await ReportAsync(store, Live.AddHours(65)) is var r ? (r.Revision, r.Rows, r.Outcomes) : default);

        await log.KnowAsync($$"""{"id":"late{{Live.AddHours(65).ToUnixTimeSeconds()}}-3","outcome":1,"timestamp":"{{UtcInstantConverter.Format(Live.AddHours(70))}}"}""");
        await EvaluateAsync(log, store, Live.AddHours(72));
        Assert.Equal((3, (long)RowsPerHour, 1L), await ReportAsync(store, Live.AddHours(65)) is var told ? (told.Revision, told.Rows, told.Outcomes) : default);
    }

    [Fact]
    public async Task Days_in_a_zone_of_half_hours_are_folded_again_whole()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var store = await StoreAsync(log, new ModelDefinition(ModelTask.Binary) { Window = "1d", TimeZone = "Asia/Kolkata" });
        var midnight = Live.AddHours(24 - 5.5);
        await EvaluateAsync(log, store, midnight.AddDays(1));
        await log.PredictAsync(Rows(midnight.AddHours(-0.5), 1, "late")); // Half of them before midnight, half after.
        var changes = await EvaluateAsync(log, store, midnight.AddDays(1));
        Assert.Equal(
            [(midnight.AddDays(-1), 2), (midnight, 2)],
            changes!.Summaries.OrderBy(s => s.Window.Start).Select(s => (s.Window.Start, s.Revision)));
    }

    /// <summary>A store with the model and a fitted reference of three weeks; the log gets the rows once.</summary>
    private static async Task<MemoryMonitorStore> StoreAsync(TemporaryLog log, ModelDefinition? definition = null)
    {
        definition ??= new ModelDefinition(ModelTask.Binary);
        if (await log.Log.ExtentAsync(TemporaryLog.Model, Cancellation) is null)
        {
            await log.PredictAsync(Rows(Live, 5), arrival: Now);
            await log.PredictAsync(Rows(Live.AddHours(5), 55, shift: 1.5), arrival: Now);
        }
        await using var past = await TemporaryLog.OpenAsync();
        for (int week = 0; week < 3; week++) { await past.PredictAsync(Rows(Begin.AddDays(7 * week), 7 * 24), arrival: Now); }
        var rows = await RowConcatenation.ReadAsync(past.Log, TemporaryLog.Model, new TimeWindow(Begin, Live), Cancellation);
        var plan = CompiledPlan.Compile(TemporaryLog.Model, definition, null, 0, out var faults);
        Assert.Empty(faults);
        var store = new MemoryMonitorStore();
        await store.DefineAsync(TemporaryLog.Model, definition, "test", Now, Cancellation);
        await store.SaveReferenceAsync(
            TemporaryLog.Model, ReferenceFitter.Fit(plan!, "past", "digest", new LabelledColumns(rows, true, [], [], [])), "test", Now, Cancellation);
        return store;
    }

    /// <summary>Loads anew, as a restarted server would.</summary>
    private static async Task<EvaluationChanges?> EvaluateAsync(TemporaryLog log, MemoryMonitorStore store, DateTimeOffset through)
    {
        var evaluator = await ModelEvaluator.LoadAsync(TemporaryLog.Model, log.Log, store, Cancellation);
        return await evaluator!.EvaluateAsync(through, "request", Now, Cancellation);
    }

    private static async Task<WindowReport> ReportAsync(MemoryMonitorStore store, DateTimeOffset start) =>
        (await store.ReportsAsync(TemporaryLog.Model, Always, Cancellation)).Single(r => r.Start == start);

    private static async Task<List<(DateTimeOffset, long, string)>> SummariesAsync(MemoryMonitorStore store) =>
        [.. (await store.SummariesAsync(TemporaryLog.Model, Always, Cancellation)).Select(s => (s.Window.Start, s.Rows, Convert.ToHexString(s.Bytes)))];

    /// <summary>The live state without how far the log was read.</summary>
    private static async Task<string> DecidedAsync(MemoryMonitorStore store)
    {
        var state = MonitorState.FromBytes((await store.LoadStateAsync(TemporaryLog.Model, Cancellation))!.Value.State);
        return Encoding.UTF8.GetString((state with { PredictionSequence = 0, OutcomeSequence = 0, CloseSequence = 0 }).ToBytes());
    }

    private static string Text<T>(IReadOnlyList<T> items) => JsonSerializer.Serialize(items, BellwetherJson.Default.Options);

    private static string Rows(DateTimeOffset from, int hours, string prefix = "", double shift = 0)
    {
        var body = new StringBuilder();
        for (int h = 0; h < hours; h++)
        {
            var hour = from.AddHours(h);
            var random = new SplitMix64((ulong)hour.ToUnixTimeSeconds());
            for (int r = 0; r < RowsPerHour; r++)
            {
                body.Append(CultureInfo.InvariantCulture,
                    $$$"""{"id":"{{{prefix}}}{{{hour.ToUnixTimeSeconds()}}}-{{{r}}}","timestamp":"{{{UtcInstantConverter.Format(hour.AddMinutes(r * 60 / RowsPerHour))}}}","features":{"x":{{{random.NextNormal() + shift}}}},"score":{{{random.NextDouble()}}},"latencySeconds":0.02}""").Append('\n');
            }
        }
        return body.ToString();
    }
}
