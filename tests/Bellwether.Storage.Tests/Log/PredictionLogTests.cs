using System.Globalization;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;

namespace Bellwether.Storage.Tests.Log;

public sealed class PredictionLogTests
{
    private static readonly string[] TwoIds = ["a", "b"];

    [Fact]
    public async Task Rows_are_read_back_with_all_they_said()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var result = await log.PredictAsync("""
            {"id":"b","version":"7","timestamp":"2026-07-01T12:00:01.5Z","features":{"income":1200.5,"region":"Łódź","vip":true,"embedding":[1,2.5]},"prediction":"yes","score":0.75,"latencySeconds":0.02}
            {"id":"a","timestamp":"2026-07-01T12:00:00Z","features":{"region":null,"income":-3},"prediction":1,"error":"timeout"}
            """);

        Assert.Equal(new IngestReceipt(2, 0, []).Accepted, result.Receipt.Accepted);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 12, 0, 1, 500, TimeSpan.Zero), result.Latest);
        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal(2, rows.Count);
        Assert.Equal(TwoIds, rows.Ids.Take(2));
        Assert.Equal([null, "7"], rows.Versions.Take(2));
        Assert.Equal([1, double.NaN], rows.Predictions.Take(2));
        Assert.Equal([null, "yes"], rows.PredictionTexts.Take(2));
        Assert.Equal([double.NaN, 0.75], rows.Scores.Take(2));
        Assert.Equal([double.NaN, 0.02], rows.Latencies.Take(2));
        Assert.Equal(["timeout", null], rows.Errors.Take(2));
        Assert.Equal(["income", "region", "vip", "embedding"], rows.Features.Select(feature => feature.Name));
        Assert.Equal([-3, 1200.5], rows.Features[0].Numbers.Take(2));
        Assert.Equal([null, "Łódź"], rows.Features[1].Texts.Take(2));
        Assert.Equal([null, "true"], rows.Features[2].Texts.Take(2));
        Assert.Equal([null, "[1,2.5]"], rows.Features[3].Texts.Take(2));
        Assert.Equal([1, 0], rows.Features[1].States.Take(2).Select(state => (int)state));
    }

    [Fact]
    public async Task A_row_is_found_with_the_parts_that_have_no_column_of_their_own()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"a","experiment":"ranking \"b\"","variant":"ż","weight":2.50,"attributions":{"income":-0.5,"age":1e-3},"tags":{"team":"risk","a b":""},"traceId":"4bf9"}
            {"id":"b"}
            """);
        await log.PredictAsync("id,experiment,weight,traceId\nc,\"x, y\",.5,7\nd,,+2,\ne,,,\n", BodyFormat.Csv);

        var a = await FoundAsync("a");
        Assert.Equal(("ranking \"b\"", "ż", 2.5, "4bf9"), (a.Experiment, a.Variant, a.Weight, a.TraceId));
        Assert.Equal(new Dictionary<string, double> { ["income"] = -0.5, ["age"] = 1e-3 }, a.Attributions);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "risk", ["a b"] = "" }, a.Tags);
        var c = await FoundAsync("c");
        Assert.Equal(("x, y", 0.5, "7"), (c.Experiment, c.Weight, c.TraceId));
        Assert.Equal(2, (await FoundAsync("d")).Weight);
        foreach (string id in (string[])["b", "e"])
        {
            var bare = await FoundAsync(id);
            Assert.Equal((null, null, null, null), (bare.Experiment, bare.Variant, bare.Weight, bare.TraceId));
            Assert.Null(bare.Tags);
            Assert.Null(bare.Attributions);
        }

        async Task<Prediction> FoundAsync(string id) => (await log.Log.FindAsync(TemporaryLog.Model, id, TestContext.Current.CancellationToken))!.Prediction;
    }

    [Fact]
    public async Task A_value_of_another_type_is_mistyped_and_keeps_its_row_and_text()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var result = await log.PredictAsync("""
            {"id":"a","features":{"x":1,"c":"red"}}
            {"id":"b","features":{"x":"NaN","c":5}}
            {"id":"c","features":{"x":1e999,"c":true}}
            """);

        Assert.Equal(3, result.Receipt.Accepted);
        var rows = Assert.Single(await log.ReadAsync());
        foreach (var feature in rows.Features)
        {
            Assert.Equal([ValueState.Value, ValueState.Mistyped, ValueState.Mistyped], feature.States.Take(3).Select(state => (ValueState)state));
        }
        Assert.Equal([1, double.NaN, double.NaN], rows.Features[0].Numbers.Take(3));
        var stored = await log.Log.FindAsync(TemporaryLog.Model, "b", TestContext.Current.CancellationToken);
        Assert.Equal("NaN", stored!.Prediction.Features!["x"]);
        Assert.Equal("5", stored.Prediction.Features["c"]);
    }

    [Fact]
    public async Task A_declared_type_rules_over_the_first_value()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.Log.DeclareModelAsync(TemporaryLog.Model, new ModelDefinition(ModelTask.Binary)
        {
            Columns = new Dictionary<string, ColumnDefinition> { ["zip"] = new(FeatureType.Text) },
        }, TestContext.Current.CancellationToken);
        await log.PredictAsync("""{"id":"a","features":{"zip":10115}}""");
        await log.PredictAsync("""{"id":"b","features":{"zip":"01067"}}""");

        var zip = Assert.Single(await log.ReadAsync()).Features[0];
        Assert.Equal([ValueState.Mistyped, ValueState.Value], zip.States.Take(2).Select(state => (ValueState)state));
        Assert.Equal([null, "01067"], zip.Texts.Take(2));
    }

    [Fact]
    public async Task A_type_declared_later_reads_earlier_rows_where_they_fit()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"a","features":{"code":7}}
            {"id":"b","features":{"code":"7b"}}
            """);
        await log.Log.DeclareColumnsAsync(TemporaryLog.Model, new Dictionary<string, FeatureType> { ["code"] = FeatureType.Text }, TestContext.Current.CancellationToken);
        await log.PredictAsync("""{"id":"c","features":{"code":"8"}}""");
        await log.RestartAsync();

        var code = Assert.Single(Assert.Single(await log.ReadAsync()).Features);
        Assert.Equal(["7", "7b", "8"], code.Texts.Take(3));
    }

    [Fact]
    public async Task Many_sparse_rows_keep_each_value_in_its_place()
    {
        await using var log = await TemporaryLog.OpenAsync();
        for (int batch = 0; batch < 3; batch++)
        {
            var body = new StringBuilder();
            for (int i = 0; i < 7000; i++)
            {
                int row = batch * 7000 + i;
                body.Append(CultureInfo.InvariantCulture, $$"""{"id":"r{{row:D6}}","timestamp":"2026-07-01T10:00:00Z","features":{""");
                if (row % 3 != 0) { body.Append(CultureInfo.InvariantCulture, $"\"x\":{row},"); }
                if (row % 5 != 0) { body.Append(CultureInfo.InvariantCulture, $"\"c\":\"{(row % 7 == 0 ? "" : $"a longer category text {row % 11}")}\","); }
                body.Append(CultureInfo.InvariantCulture, $"\"y\":{row * 0.5}}}}}\n");
            }
            await log.PredictAsync(body.ToString());
        }

        int seen = 0;
        foreach (var batch in await log.ReadAsync())
        {
            var columns = batch.Features.ToDictionary(feature => feature.Name);
            for (int i = 0; i < batch.Count; i++, seen++)
            {
                Assert.Equal($"r{seen:D6}", batch.Ids[i]);
                Assert.Equal(seen % 3 == 0 ? double.NaN : seen, columns["x"].Numbers[i]);
                Assert.Equal(seen * 0.5, columns["y"].Numbers[i]);
                Assert.Equal(seen % 5 == 0 ? null : seen % 7 == 0 ? "" : $"a longer category text {seen % 11}", columns["c"].Texts[i]);
            }
        }
        Assert.Equal(21000, seen);
    }

    [Fact]
    public async Task A_range_is_half_open_and_models_do_not_mix()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"a","timestamp":"2026-06-30T23:59:59.999999Z"}
            {"id":"b","timestamp":"2026-07-01T00:00:00Z"}
            {"id":"c","timestamp":"2026-07-01T01:00:00Z"}
            """);
        var other = ModelKey.Parse("other");
        await log.Log.AppendPredictionsAsync(other, BodyFormat.Json, new MemoryStream("""[{"id":"b","timestamp":"2026-07-01T00:30:00Z"}]"""u8.ToArray()), TemporaryLog.Arrival, TestContext.Current.CancellationToken);

        var day = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = Assert.Single(await log.ReadAsync(new TimeWindow(day, day.AddHours(1))));
        Assert.Equal(["b"], rows.Ids.Take(rows.Count));
        var extent = await log.Log.ExtentAsync(TemporaryLog.Model, TestContext.Current.CancellationToken);
        Assert.Equal((day.AddTicks(-10), day.AddHours(1)), extent);
        Assert.Null(await log.Log.ExtentAsync(ModelKey.Parse("nobody"), TestContext.Current.CancellationToken));
        Assert.Empty(await log.ReadAsync(model: ModelKey.Parse("nobody")));
    }

    [Fact]
    public async Task A_history_of_years_lies_in_tables_a_month_and_reads_as_one()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var first = new DateTimeOffset(2020, 1, 15, 0, 0, 0, TimeSpan.Zero);
        await log.PredictAsync(string.Join('\n', Enumerable.Range(0, 1000).Select(i => $$"""{"id":"{{i:D4}}","timestamp":"{{UtcInstantConverter.Format(first.AddDays(i))}}"}""")));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i.ToString("D4", CultureInfo.InvariantCulture)), await log.IdsAsync());
    }

    [Fact]
    public async Task Shadow_rows_are_stored_and_not_read()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"a"}
            {"id":"b","role":"shadow"}
            """);

        Assert.Equal(["a"], await log.IdsAsync());
        Assert.Equal("shadow", (await log.Log.FindAsync(TemporaryLog.Model, "b", TestContext.Current.CancellationToken))!.Prediction.Role);
    }

    [Fact]
    public async Task Columns_of_a_csv_body_are_features()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var result = await log.PredictAsync("id,timestamp,prediction,income,region\n1,2026-07-01 10:00:00,1,5.5,north\n2,2026-07-01 11:00:00,0,,\"so,uth\"\n3,nonsense,0,1,x\n", BodyFormat.Csv);

        Assert.Equal(2, result.Receipt.Accepted);
        Assert.Equal((2, true), (Assert.Single(result.Receipt.Rejected).Row, result.Receipt.Rejected[0].Reason.StartsWith("timestamp: 'nonsense'", StringComparison.Ordinal)));
        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal([5.5, double.NaN], rows.Features[0].Numbers.Take(2));
        Assert.Equal(["north", "so,uth"], rows.Features[1].Texts.Take(2));
        Assert.Equal([1, 0], rows.Predictions.Take(2));
    }

    [Fact]
    public async Task Columns_of_a_parquet_body_are_features_of_their_types()
    {
        string path = Path.Combine(Path.GetTempPath(), $"bellwether-{Guid.NewGuid():N}.parquet");
        using (var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "COPY (SELECT i AS id, TIMESTAMPTZ '2026-07-01 10:00:00+02' + to_minutes(i) AS timestamp, i % 2 AS prediction, i / 4 AS score, "
                + "CASE WHEN i <> 2 THEN i * 1.5 END AS x, i > 1 AS flag, ['p', 'q'][i % 2 + 1] AS c, [i, 0.5] AS v, NULL::VARCHAR AS nothing, DATE '2026-01-01' AS day "
                + $"FROM range(5000) t(i) WHERE i < 4 OR i = 4999) TO '{path}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }
        await using var log = await TemporaryLog.OpenAsync();
        await using var body = File.OpenRead(path);
        var result = await log.Log.AppendPredictionsAsync(TemporaryLog.Model, BodyFormat.Parquet, body, TemporaryLog.Arrival, TestContext.Current.CancellationToken);
        File.Delete(path);

        Assert.Equal(4, result.Receipt.Accepted);
        Assert.Equal((4, true), (Assert.Single(result.Receipt.Rejected).Row, result.Receipt.Rejected[0].Reason.Contains("10 minutes", StringComparison.Ordinal)));
        await log.CrashAsync();
        var rows = Assert.Single(await log.ReadAsync());
        Assert.Equal(["0", "1", "2", "3"], rows.Ids.Take(4));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 1, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000, rows.Timestamps[1]);
        Assert.Equal([0, 0.25, 0.5, 0.75], rows.Scores.Take(4));
        var features = rows.Features.ToDictionary(feature => feature.Name);
        Assert.Equal([0, 1.5, double.NaN, 4.5], features["x"].Numbers.Take(4));
        Assert.Equal((FeatureType.Boolean, "true"), (features["flag"].Type, features["flag"].Texts[3]));
        Assert.Equal((FeatureType.Text, "q"), (features["c"].Type, features["c"].Texts[1]));
        Assert.Equal((FeatureType.Vector, "[1.0,0.5]"), (features["v"].Type, features["v"].Texts[1]));
        Assert.Equal((FeatureType.Text, "2026-01-01T00:00:00Z"), (features["day"].Type, features["day"].Texts[0]));
        Assert.DoesNotContain("nothing", features.Keys);
    }

    [Fact]
    public async Task Readers_and_writers_work_at_the_same_time()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromMilliseconds(10) });
        var token = TestContext.Current.CancellationToken;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 25; i++)
            {
                string time = UtcInstantConverter.Format(TemporaryLog.Arrival.AddDays(-i));
                await log.PredictAsync($$"""{"id":"{{writer}}-{{i}}","timestamp":"{{time}}"}""");
                await log.KnowAsync($$"""{"id":"{{writer}}-{{i}}","outcome":1}""");
                Assert.NotNull(await log.Log.FindAsync(TemporaryLog.Model, $"{writer}-{i}", token));
            }
        }, token)).ToArray();
        int last = 0;
        while (!writers.All(writer => writer.IsCompleted))
        {
            int now = (await log.IdsAsync()).Length;
            Assert.True(now >= last);
            last = now;
        }
        await Task.WhenAll(writers);
        var joined = await log.JoinAsync();
        Assert.Equal(100, joined.Count);
        Assert.All(joined.Outcomes, outcome => Assert.Equal(1, outcome));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_named()
    {
        string file = Path.GetTempFileName();
        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => PredictionLog.OpenAsync(
            Path.Combine(file, "data"), new LogOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_folder_serves_one_process_at_a_time()
    {
        await using var log = await TemporaryLog.OpenAsync();
        var busy = await Assert.ThrowsAsync<DataFolderBusyException>(log.OpenHereAsync);
        Assert.Contains(log.Folder, busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Senders_are_told_to_wait_when_too_much_waits_to_be_stored()
    {
        await using var log = await TemporaryLog.OpenAsync(new LogOptions { FlushInterval = TimeSpan.FromHours(1), UnflushedBytesLimit = 100 });
        await log.PredictAsync("""{"id":"a"}""");
        var busy = await Assert.ThrowsAsync<LogBusyException>(() => log.PredictAsync("""{"id":"b"}"""));
        Assert.Equal(TimeSpan.FromSeconds(1), busy.RetryAfter);

        await log.Log.FlushAsync(TestContext.Current.CancellationToken);
        await log.PredictAsync("""{"id":"b"}""");
        Assert.Equal(TwoIds, await log.IdsAsync());
    }
}
