using System.Globalization;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log;

namespace Bellwether.Storage.Tests.Log;

public sealed class CrashTests
{
    [Fact]
    public async Task What_was_acknowledged_and_not_yet_stored_is_stored_at_the_next_start()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"a","timestamp":"2026-07-01T10:00:00Z","features":{"x":1,"c":"red"},"prediction":1}
            {"id":"","features":{"y":1}}
            {"id":"b","features":{"x":"odd","c":"blue"},"prediction":0}
            """);
        await log.KnowAsync("""{"id":"a","outcome":0}""");
        await log.Log.AppendCloseAsync(new CloseRecord(TemporaryLog.Model, TemporaryLog.Arrival, "request", TemporaryLog.Arrival), TestContext.Current.CancellationToken);
        await log.CrashAsync();

        Assert.Equal(["a", "b"], await log.IdsAsync());
        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal([1, double.NaN], rows.Features[0].Numbers.Take(2));
        Assert.Equal(["red", "blue"], rows.Features[1].Texts.Take(2));
        Assert.Equal(TemporaryLog.Arrival.ToUnixTimeMilliseconds() * 1000, rows.Timestamps[1]);
        Assert.Equal(0, (await log.JoinAsync()).Outcomes[0]);
        Assert.Equal(2, (await log.Log.FindAsync(TemporaryLog.Model, "b", TestContext.Current.CancellationToken))!.Sequence);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_doubled_over_many_crashes_at_any_state_of_the_store()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromHours(1), JournalFileBytes = 2000 });
        var random = new Random(1);
        var sent = new SortedSet<string>(StringComparer.Ordinal);
        for (int round = 0; round < 5; round++)
        {
            for (int batch = 0; batch < 6; batch++)
            {
                string[] ids = [.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => random.Next(200).ToString("D3", CultureInfo.InvariantCulture))];
                var result = await log.PredictAsync(string.Join('\n', ids.Select(id => $"{{\"id\":\"{id}\",\"timestamp\":\"2026-06-30T1{id[2]}:00:00Z\",\"features\":{{\"f{id[2]}\":1}}}}")));
                Assert.Equal(ids.Distinct().Count(id => !sent.Contains(id)), result.Receipt.Accepted);
                sent.UnionWith(ids);
                if (random.Next(3) == 0) { await log.Log.FlushAsync(TestContext.Current.CancellationToken); }
            }
            await log.CrashAsync();
        }
        Assert.Equal(sent, (await log.IdsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Replay_uses_the_schema_that_the_rows_were_acknowledged_under()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""{"id":"a","features":{"x":1}}""");
        await log.Log.DeclareColumnsAsync(TemporaryLog.Model, new Dictionary<string, FeatureType> { ["x"] = FeatureType.Text }, TestContext.Current.CancellationToken);
        await log.PredictAsync("""{"id":"b","features":{"x":2}}""");
        await log.CrashAsync();

        var x = Assert.Single(Assert.Single(await log.ReadAsync()).Features);
        Assert.Equal(["1", null], x.Texts.Take(2)); // A number under the first version; mistyped under the second.
        Assert.Equal([0, 2], x.States.Take(2).Select(state => (int)state));
    }

    [Fact]
    public async Task Clock_readings_are_replayed_in_the_zone_of_their_time()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        await log.Log.DeclareModelAsync(TemporaryLog.Model, new ModelDefinition(ModelTask.Binary) { TimeZone = "Europe/Berlin" }, token);
        await log.PredictAsync("id,timestamp\na,2026-07-01 12:00\n", BodyFormat.Csv);
        await log.Log.DeclareModelAsync(TemporaryLog.Model, new ModelDefinition(ModelTask.Binary) { TimeZone = "America/New_York" }, token);
        await log.CrashAsync();

        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000, rows.Timestamps[0]);
    }

    [Fact]
    public async Task A_write_cut_off_by_a_crash_costs_only_what_was_not_acknowledged()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""{"id":"a"}""");
        await log.PredictAsync("""{"id":"b"}""");
        string journal = Assert.Single(Directory.GetFiles(Path.Combine(log.Folder, "journal")));
        await using (var file = new FileStream(journal, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(new byte[] { 90, 0, 0, 0, 1, 2, 3, 4, 5 }, TestContext.Current.CancellationToken);
        }
        await log.CrashAsync();

        Assert.Equal(["a", "b"], await log.IdsAsync());
        await log.PredictAsync("""{"id":"c"}""");
        await log.CrashAsync();
        Assert.Equal(["a", "b", "c"], await log.IdsAsync());
    }

    [Fact]
    public async Task Journal_files_go_once_their_rows_are_stored()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromHours(1), JournalFileBytes = 1 });
        for (int i = 0; i < 5; i++) { await log.PredictAsync($$"""{"id":"{{i}}"}"""); }
        Assert.Equal(5, Directory.GetFiles(Path.Combine(log.Folder, "journal")).Length);
        await log.Log.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Single(Directory.GetFiles(Path.Combine(log.Folder, "journal")));
        await log.RestartAsync();
        await log.PredictAsync("""{"id":"z"}""");
        Assert.Equal(6, (await log.IdsAsync()).Length);
    }
}
