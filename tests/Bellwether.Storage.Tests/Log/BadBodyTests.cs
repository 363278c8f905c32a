using System.Text;
using Bellwether.Storage.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Tests.Log;

public sealed class BadBodyTests
{
    private const string Good = """{"id":"good","timestamp":"2026-07-01T12:00:00Z","features":{"x":1},"prediction":1}""";

    /// <summary>A bad row of predictions and what its refusal must say.</summary>
    public static TheoryData<string, string> BadPredictions => new()
    {
        { """{"prediction":1}""", "id: needed" },
        { """{"id":null}""", "id: null is no text" },
        { """{"id":""}""", "id: needed" },
        { """{"id":17}""", "id: 17 is no text" },
        { """{"id":{"a":1}}""", "id: an object is no text" },
        { """{"id":"a\u0000b"}""", "NUL" },
        { $$"""{"id":"{{new string('é', 129)}}"}""", "258 bytes" },
        { """{"id":"a","id":"b"}""", "id: given twice" },
        { """{"id":"a","Timestamp":"2026-07-01T12:00:00Z"}""", "Timestamp: no property of a prediction" },
        { """{"id":"a","colour":{"deep":[1,{"x":2}]}}""", "colour: no property" },
        { """{"id":"a","timestamp":"yesterday"}""", "no time" },
        { """{"id":"a","timestamp":1719835200}""", "timestamp: 1719835200 is no time" },
        { """{"id":"a","timestamp":"2026-07-01T12:00:00"}""", "with offset" },
        { """{"id":"a","timestamp":"2026-02-30T12:00:00Z"}""", "no time" },
        { """{"id":"a","timestamp":"2026-07-01T25:00:00Z"}""", "no time" },
        { """{"id":"a","timestamp":"2026-07-01T12:00:00+25:00"}""", "no time" },
        { """{"id":"a","timestamp":"1900-01-01T00:00:00Z"}""", "before 1970-01-02" },
        { """{"id":"a","timestamp":"1970-01-01T23:59:59Z"}""", "before 1970-01-02" },
        { """{"id":"a","timestamp":"2026-07-01T12:40:00.000001Z"}""", "more than 10 minutes after its arrival" },
        { """{"id":"a","timestamp":"9999-12-31T23:59:59Z"}""", "more than 10 minutes" },
        { """{"id":"a","features":[1,2]}""", "features: an array is no object" },
        { """{"id":"a","features":"x=1"}""", "features: the text" },
        { """{"id":"a","features":{"x":{"y":1}}}""", "features.x: an object is no value" },
        { """{"id":"a","features":{"x":1,"x":2}}""", "features.x: given twice" },
        { """{"id":"a","features":{"new":1,"new":2}}""", "features.new: given twice" },
        { """{"id":"a","features":{"":1}}""", "without a name" },
        { $$$"""{"id":"a","features":{"{{{new string('f', 257)}}}":1}}""", "257 bytes" },
        { $$$"""{"id":"a","features":{"t":"{{{new string('t', 65537)}}}"}}""", "features.t: a text of 65537 bytes" },
        { $$$"""{"id":"a","features":{"v":[{{{string.Join(',', Enumerable.Repeat(1, 4097))}}}]}}""", "more than 4096 numbers" },
        { """{"id":"a","features":{"v":[1,"two"]}}""", "features.v[1]" },
        { """{"id":"a","features":{"v":[[1]]}}""", "features.v[0]: an array is no number" },
        { """{"id":"a","prediction":{"class":1}}""", "prediction: an object" },
        { """{"id":"a","prediction":[1]}""", "prediction: an array" },
        { """{"id":"a","prediction":1e999}""", "prediction: 1e999" },
        { """{"id":"a","score":1.01}""", "score: 1.01 is no probability" },
        { """{"id":"a","score":-0.1}""", "score: -0.1" },
        { """{"id":"a","score":"NaN"}""", "score: the text \"NaN\" is no finite number" },
        { """{"id":"a","latencySeconds":-1}""", "latencySeconds: -1" },
        { """{"id":"a","latencySeconds":1e999}""", "latencySeconds: 1e999" },
        { $$"""{"id":"a","error":"{{new string('e', 65)}}"}""", "error: 65 bytes" },
        { """{"id":"a","role":"canary"}""", "role: the text \"canary\"" },
        { """{"id":"a","scores":{"yes":"high"}}""", "scores.yes" },
        { """{"id":"a","scores":{"yes":0.5,"yes":0.6}}""", "scores.yes: given twice" },
        { """{"id":"a","tags":{"k":1}}""", "tags.k" },
        { """{"id":"a","scores":{"k":1e999}}""", "scores.k" },
        { """{"id":"a","attributions":{"k":-1e999}}""", "attributions.k" },
        { """{"id":"a","attributions":[1]}""", "attributions: an array is no object" },
        { """{"id":"a","weight":-1}""", "weight: -1" },
        { """{"id":"a","experiment":7}""", "experiment: 7 is no text" },
        { """{"id":"a","prediction":"\ud800"}""", "not valid Unicode" },
        { "7", "a row is a JSON object" },
        { "[]", "a row is a JSON object" },
        { "null", "a row is a JSON object" },
    };

    /// <summary>Lines that are no JSON: in NDJSON they cost themselves only.</summary>
    public static TheoryData<string> BrokenLines => ["{", """{"id":"a"}}""", """{"id":"a" "b":1}""", """{"id":"a",}""", """{"id":'a'}""", """{"id":"a"} {"id":"b"}""", "id,x", """{"id":"a","prediction":NaN}""", """{"id":"a","prediction":01}"""];

    public static TheoryData<string, string> BadOutcomes => new()
    {
        { """{"outcome":1}""", "id: needed" },
        { """{"id":"a"}""", "outcome: needed" },
        { """{"id":"a","outcome":null}""", "outcome: needed" },
        { """{"id":"a","outcome":[1]}""", "outcome: an array" },
        { """{"id":"a","outcome":1,"timestamp":"2027-01-01T00:00:00Z"}""", "more than 10 minutes" },
        { """{"id":"a","outcome":1,"predictedAt":"noon"}""", "predictedAt" },
        { """{"id":"a","retract":1}""", "retract: 1" },
        { """{"id":"a","outcome":1,"outcome":1}""", "given twice" },
        { """{"id":"a","label":1}""", "label: no property of an outcome" },
    };

    [Theory, MemberData(nameof(BadPredictions))]
    public void A_bad_row_is_refused_with_its_reason_and_the_others_are_kept(string row, string reason)
    {
        foreach (var (format, body) in new[] { (BodyFormat.Json, $"[{Good},{row},{Good}]"), (BodyFormat.NdJson, $"{Good}\n{row}\r\n\n{Good}") })
        {
            var schema = new SchemaDraft(ModelSchema.Empty);
            var batch = Parse(body, format, schema);
            var rejected = Assert.Single(batch.Rejected);
            Assert.Equal(1, rejected.Row);
            Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
            Assert.Equal((2, 3), (batch.Count, batch.BodyRows));
            Assert.Equal([0, 2], [batch.Row(0), batch.Row(1)]);
            Assert.Equal(["x"], schema.Build().Features.Select(feature => feature.Name)); // A refused row teaches nothing.
        }
    }

    [Theory, MemberData(nameof(BrokenLines))]
    public void A_line_that_is_no_json_costs_itself_only(string line)
    {
        var batch = Parse($"{Good}\n{line}\n{Good}", BodyFormat.NdJson);
        Assert.Equal(1, Assert.Single(batch.Rejected).Row);
        Assert.Contains("not JSON", batch.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, batch.Count);
    }

    [Theory, MemberData(nameof(BadOutcomes))]
    public void A_bad_outcome_is_refused_with_its_reason(string row, string reason)
    {
        const string good = """{"id":"good","outcome":"yes"}""";
        var batch = OutcomeParser.Parse(Encoding.UTF8.GetBytes($"[{good},{row},{good}]"), BodyFormat.Json, Arrival, TimeZoneInfo.Utc, Path.GetTempPath());
        Assert.Equal(1, Assert.Single(batch.Rejected).Row);
        Assert.Contains(reason, batch.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, batch.Count);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("[{\"id\":\"a\"},\n {\"id\": ]", 2, 9)]
    [InlineData("[{\"id\":\"a\"}", 1, 12)]
    [InlineData("[] []", 1, 4)]
    [InlineData("7", 1, 1)]
    [InlineData("id,x\n1,2\n", 1, 1)]
    public void A_broken_array_is_refused_whole_with_its_place(string body, long line, long column)
    {
        var fault = Assert.Throws<MalformedBodyException>(() => Parse(body, BodyFormat.Json));
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }

    [Fact]
    public void Invalid_utf8_costs_its_row_only()
    {
        byte[] bad = [.. """{"id":"a"""u8, 0xFF, .. "\"}"u8];
        foreach (var (format, body) in new (BodyFormat, byte[])[]
        {
            (BodyFormat.Json, [.. "["u8, .. Encoding.UTF8.GetBytes(Good), (byte)',', .. bad, (byte)']']),
            (BodyFormat.NdJson, [.. Encoding.UTF8.GetBytes(Good), (byte)'\n', .. bad]),
        })
        {
            var batch = PredictionParser.Parse(body, format, Arrival, new SchemaDraft(ModelSchema.Empty), Path.GetTempPath());
            Assert.Equal((1, 1), (batch.Count, Assert.Single(batch.Rejected).Row));
            Assert.Contains("UTF-8", batch.Rejected[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Limits_are_limits()
    {
        string many = string.Join('\n', Enumerable.Range(0, IngestLimits.JsonRows + 1).Select(i => $$"""{"id":"{{i}}"}"""));
        Assert.Throws<BodyTooLargeException>(() => Parse(many, BodyFormat.NdJson));
        Assert.Throws<BodyTooLargeException>(() => Parse($"[{many.Replace('\n', ',')}]", BodyFormat.Json));

        string wide = string.Join(',', Enumerable.Range(0, IngestLimits.Features + 1).Select(i => $"\"f{i}\":1"));
        var batch = Parse("{\"id\":\"a\",\"features\":{" + wide + "}}\n" + Good, BodyFormat.NdJson);
        Assert.Contains("the model already has 2000 features", Assert.Single(batch.Rejected).Reason, StringComparison.Ordinal);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Whatever_is_allowed_is_taken()
    {
        var batch = Parse("\uFEFF" + """
            [{"id":"\u0061\ud83d\ude00","version":null,"timestamp":"2026-07-01t14:39:59.9999999+02:00","features":{"n":null,"e":"","v":[]},"prediction":false,"score":0,
              "scores":{"a":0.5},"latencySeconds":0,"error":"e","role":"live","experiment":"x","variant":"b","unit":"u","weight":2.5,"attributions":{"n":-1},"tags":{"k":"v"},"traceId":"t"},
             {"id":"only"}]
            """, BodyFormat.Json);
        Assert.Empty(batch.Rejected);
        Assert.Equal(2, batch.Count);
        Assert.Equal("a😀", Encoding.UTF8.GetString(batch.Id(0, RowLayout.PredictionFields)));
        Assert.Equal(Arrival + 9 * 60_000_000L + 59_999_999, batch.Time(0));
        Assert.Equal(Arrival, batch.Time(1));
        Assert.Equal(1, Parse("""{"id":"single"}""", BodyFormat.Json).Count);
        Assert.Equal(0, Parse("[]", BodyFormat.Json).Count);
        Assert.Equal(0, Parse("", BodyFormat.NdJson).Count);
    }

    [Theory]
    [InlineData("x,y\n1,2\n", "no column 'id'; there are: x, y")]
    [InlineData("id,features\n1,2\n", "'features' is a reserved name")]
    [InlineData("id,,x\n", "without a name")]
    public void A_table_without_the_columns_it_needs_is_refused_whole(string body, string message) =>
        Assert.Contains(message, Assert.Throws<MalformedBodyException>(() => Parse(body, BodyFormat.Csv)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(",1", "id: needed")]
    [InlineData("a", "1 fields where the header has 2")]
    [InlineData("a,1,2", "3 fields")]
    [InlineData("a,2.0", "2 is no probability")]
    [InlineData("a,high", "score: 'high' is no finite number")]
    [InlineData("a,\"1\"x", "something follows a closing quote")]
    public void A_bad_row_of_a_table_is_refused_with_its_reason(string row, string reason)
    {
        var batch = Parse($"id,score\ngood,1\n{row}\ngood,0.5\n", BodyFormat.Csv);
        Assert.Equal(1, Assert.Single(batch.Rejected).Row);
        Assert.Contains(reason, batch.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void A_body_that_is_no_parquet_is_refused_whole() =>
        Assert.Throws<MalformedBodyException>(() => Parse("PAR1", BodyFormat.Parquet));

    private static long Arrival => TemporaryLog.Arrival.ToUnixTimeMilliseconds() * 1000;

    private static RowBatch Parse(string body, BodyFormat format, SchemaDraft? schema = null) =>
        PredictionParser.Parse(Encoding.UTF8.GetBytes(body), format, Arrival, schema ?? new SchemaDraft(ModelSchema.Empty), Path.GetTempPath());
}
