using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;
using Bellwether.Storage.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellwether.Acceptance.Tests;

/// <summary>Kill -9 while clients send rows and outcomes and resend what was not answered, and while windows close.</summary>
public sealed class CrashTests
{
    private static readonly TimeWindow All = new(CrashRun.Start, CrashRun.Start.AddDays(2));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_row_is_there_once_and_windows_are_those_of_an_undisturbed_run()
    {
        using var disturbed = new TemporaryFolder();
        using var quiet = new TemporaryFolder();
        using var calm = new CrashRun(quiet.Path, TimeSpan.Zero);
        var expected = await calm.ToEndAsync(Cancellation);
        using var run = new CrashRun(disturbed.Path, calm.LongestClose);
        var actual = await run.ToEndAsync(Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{run.Kills} kills: predictions under way at {run.DuringPredictions}, outcomes at {run.DuringOutcomes}, a close at {run.DuringClose}; "
            + $"the longest close took {calm.LongestClose.TotalMilliseconds:0} ms undisturbed");
        Assert.Equal(0, calm.Kills);
        Assert.InRange(run.Kills, 10, int.MaxValue);
        Assert.All([run.DuringPredictions, run.DuringOutcomes, run.DuringClose], kills => Assert.InRange(kills, 1, int.MaxValue));

        // Reports with realised performance, findings and alerts: the very bytes.
        Assert.Equal(expected, actual);
        var windows = JsonDocument.Parse(actual.Windows).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(CrashRun.Hours, windows.Count);
        Assert.All(windows, window => Assert.Equal((CrashRun.RowsPerHour, CrashRun.RowsPerHour), (window.GetProperty("rows").GetInt32(), window.GetProperty("outcomes").GetInt32())));
        Assert.True(JsonDocument.Parse(actual.Findings).RootElement.GetProperty("items").GetArrayLength() > 0);
        var summaries = await SummariesAsync(disturbed.Path);
        Assert.Equal(CrashRun.Hours, summaries.Count);
        Assert.Equal(await SummariesAsync(quiet.Path), summaries);

        await RequireEachOnceAsync(disturbed.Path);
    }

    private static async Task<List<(DateTimeOffset Start, long Rows, string Bytes)>> SummariesAsync(string folder)
    {
        using var database = await MetadataDatabase.OpenAsync(folder, Cancellation);
        var summaries = await new MonitorStore(database, []).SummariesAsync(CrashRun.Model, All, Cancellation);
        return [.. summaries.Select(s => (s.Window.Start, s.Rows, Convert.ToHexString(s.Bytes)))];
    }

    /// <summary>Each id stands in the log once, and has one outcome.</summary>
    private static async Task RequireEachOnceAsync(string folder)
    {
        await using var log = await PredictionLog.OpenAsync(folder, new LogOptions(), TimeProvider.System, NullLogger.Instance, Cancellation);
        var ids = new List<string>();
        await foreach (var batch in log.ReadPredictionsAsync(CrashRun.Model, All, Cancellation)) { ids.AddRange(batch.Ids[..batch.Count]); }
        Assert.Equal(CrashRun.Hours * CrashRun.RowsPerHour, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        var joined = await log.ReadJoinedAsync(CrashRun.Model, All, Cancellation);
        Assert.Equal(ids.Count, joined.Count);
        Assert.DoesNotContain(long.MaxValue, joined.KnownAt);
        foreach (string id in ids.Where((_, i) => i % 40 == 0))
        {
            var stored = (await log.FindAsync(CrashRun.Model, id, Cancellation))!;
            Assert.NotNull(stored.Outcome);
            Assert.Empty(stored.OutcomeRevisions);
            Assert.Empty(stored.Revisions);
        }
    }
}
