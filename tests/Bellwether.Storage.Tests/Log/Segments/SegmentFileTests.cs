using System.Globalization;
using Bellwether.Contracts.Registry;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Tests.Log.Segments;

public sealed class SegmentFileTests
{
    [Fact]
    public async Task Any_tool_reads_a_file_by_names_and_types()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""
            {"id":"b","version":"7","timestamp":"2026-07-01T12:00:01.5Z","features":{"income":1200.5,"region":"Łódź","vip":true,"embedding":[1,2.5],"Region":4},"prediction":"yes","score":0.75,"tags":{"team":"risk"}}
            {"id":"a","timestamp":"2026-07-01T12:00:00Z","features":{"region":7,"income":-3,"vip":false},"prediction":1,"role":"shadow"}
            """);
        await log.RollAsync();
        string path = Assert.Single(log.SegmentFiles());

        Assert.Equal(
            [
                "_model VARCHAR", "_id VARCHAR", "_version VARCHAR", "_timestamp TIMESTAMP WITH TIME ZONE", "_arrival TIMESTAMP WITH TIME ZONE", "_node VARCHAR", "_sequence BIGINT",
                "_role VARCHAR", "_unit VARCHAR", "_prediction DOUBLE", "_predictionText VARCHAR", "_score DOUBLE", "_latencySeconds DOUBLE", "_error VARCHAR", "_scores VARCHAR",
                "_tags VARCHAR", "_extra VARCHAR", "_mistyped VARCHAR", "_content UBIGINT", "_revision BOOLEAN", "_timeGiven BOOLEAN", "_schema INTEGER", "_vectorTexts VARCHAR[]",
                "income DOUBLE", "region VARCHAR", "vip BOOLEAN", "embedding DOUBLE[]", "Region~2 DOUBLE",
            ],
            Ask($"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '{path}')"));
        // In order of time.
        Assert.Equal(
            ["churn|a|2026-07-01T12:00:00.000000|node-1|1|shadow|-3.0|NULL|false|NULL|{\"region\":\"7\"}", "churn|b|2026-07-01T12:00:01.500000|node-1|0|live|1200.5|Łódź|true|[1.0, 2.5]|NULL"],
            Ask("SELECT concat_ws('|', _model, _id, strftime(make_timestamp(epoch_us(_timestamp)), '%Y-%m-%dT%H:%M:%S.%f'), _node, _sequence, _role, income, coalesce(region, 'NULL'), vip, "
                + $"coalesce(CAST(embedding AS VARCHAR), 'NULL'), coalesce(_mistyped, 'NULL')) FROM '{path}'"));
        Assert.Equal(["ZSTD"], Ask($"SELECT DISTINCT compression FROM parquet_metadata('{path}')"));
    }

    [Fact]
    public async Task A_feature_whose_type_changed_is_another_column_in_every_file()
    {
        await using var log = await TemporaryLog.OpenAsync();
        await log.PredictAsync("""{"id":"a","timestamp":"2026-06-29T12:00:00Z","features":{"code":7}}""");
        await log.RollAsync();
        await log.Log.DeclareColumnsAsync(TemporaryLog.Model, new Dictionary<string, FeatureType> { ["code"] = FeatureType.Text }, TestContext.Current.CancellationToken);
        await log.PredictAsync("""{"id":"b","timestamp":"2026-06-30T12:00:00Z","features":{"code":"7b"}}""");
        await log.RollAsync();

        string all = Path.Combine(log.Folder, "segments", "model-churn", "*.parquet");
        Assert.Equal(["a 7.0 -", "b - 7b"], Ask(string.Create(CultureInfo.InvariantCulture,
            $"SELECT concat_ws(' ', _id, coalesce(CAST(code AS VARCHAR), '-'), coalesce(\"code~2\", '-')) FROM read_parquet('{all}', union_by_name = true) ORDER BY _timestamp")));
        Assert.Equal(["7", "7b"], Assert.Single(Assert.Single(await log.ReadAsync()).Features).Texts.Take(2));
    }

    private static List<string> Ask(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) { rows.Add(reader.GetString(0)); }
        return rows;
    }
}
