using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bellwether.Acceptance.Tests;

/// <summary>What a hostile or careless caller sends, and what it is told. Never a 500; good rows beside bad ones are kept.</summary>
public sealed class BadInputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string NdJson = "application/x-ndjson";
    private const string Json = "application/json";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A bad row, sent between two good ones: the answer names it and keeps the others.</summary>
    public static TheoryData<string, string> BadRows => new()
    {
        { """{"timestamp":"2026-01-01T00:00:00Z"}""", "id" },
        { """{"id":"","timestamp":"2026-01-01T00:00:00Z"}""", "id" },
        { """{"id":null}""", "id" },
        { """{"id":7}""", "id" },
        { """{"id":"{long}"}""", "256" },
        { """{"id":"a\u0000b"}""", "id" },
        { """{"id":"b1","timestamp":"2099-01-01T00:00:00Z"}""", "timestamp" },
        { """{"id":"b2","timestamp":"1900-01-01T00:00:00Z"}""", "timestamp" },
        { """{"id":"b3","timestamp":"yesterday"}""", "timestamp" },
        { """{"id":"b4","timestamp":"2026-01-01T00:00:00"}""", "timestamp" },
        { """{"id":"b5","timestamp":1700000000}""", "timestamp" },
        { """{"id":"b6","timestamp":"2026-02-30T00:00:00Z"}""", "timestamp" },
        { """{"id":"b7","colour":"red"}""", "colour" },
        { """{"id":"b8","features":[1,2]}""", "features" },
        { """{"id":"b9","features":"x"}""", "features" },
        { """{"id":"b10","features":{"x":{"y":1}}}""", "features" },
        { """{"id":"b11","features":{"x":["a"]}}""", "features" },
        { """{"id":"b12","features":{"x":1,"x":2}}""", "x" },
        { """{"id":"b13","id":"b14"}""", "id" },
        { """{"id":"b15","score":1.5}""", "score" },
        { """{"id":"b16","score":-0.1}""", "score" },
        { """{"id":"b17","score":"high"}""", "score" },
        { """{"id":"b18","latencySeconds":-1}""", "latencySeconds" },
        { """{"id":"b19","latencySeconds":"fast"}""", "latencySeconds" },
        { """{"id":"b20","error":"{long}"}""", "error" },
        { """{"id":"b21","role":"boss"}""", "role" },
        { """{"id":"b22","features":{"x":NaN}}""", "" },
        { """{"id":"b24","prediction":{"a":1}}""", "prediction" },
        { """{"id":"b25","features":{"{long}{long}":1}}""", "256" },
        { """{"id":"b26" """, "" },
        { """id=b27""", "" },
        { """[1,2,3]""", "" },
        { "7", "" },
        { """{"id":"b28","features":{"x":[[[[[[[[[[[[1]]]]]]]]]]]]}}""", "" },
        { """{"id":"b29","features":{"x":"{huge}"}}""", "" },
        { "{\"id\":\"b30\u0001\"}", "" },
        { """{"id":"b31","version":5}""", "version" },
        { """{"id":"b32","weight":"heavy"}""", "weight" },
    };

    [Theory, MemberData(nameof(BadRows))]
    public async Task A_bad_row_is_named_and_its_neighbours_are_kept(string row, string named)
    {
        string model = await DefineAsync();
        row = row.Replace("{long}", new string('i', 257), StringComparison.Ordinal).Replace("{huge}", new string('h', 10 << 20), StringComparison.Ordinal);
        string body = $$$"""{"id":"good-1","timestamp":"2026-01-01T00:00:00Z","features":{"x":1}}{{{'\n'}}}{{{row}}}{{{'\n'}}}{"id":"good-2","timestamp":"2026-01-01T00:00:01Z","features":{"x":2}}{{{'\n'}}}""";
        var (status, answer) = await PostAsync($"/v1/models/{model}/predictions", NdJson, Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal(1, rejected.GetProperty("row").GetInt32());
        Assert.Contains(named, rejected.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.InRange(rejected.GetProperty("reason").GetString()!.Length, 5, 500);
    }

    [Fact]
    public async Task Invalid_utf8_costs_only_its_row()
    {
        string model = await DefineAsync();
        byte[] body = [.. """{"id":"good"}"""u8, (byte)'\n', .. """{"id":"x"""u8, 0xC3, 0x28, .. "\"}\n"u8];
        var (status, answer) = await PostAsync($"/v1/models/{model}/predictions", NdJson, body);
        Assert.Equal((HttpStatusCode.Accepted, 1, 1), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetArrayLength()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(100_000)]
    public async Task A_row_nested_without_end_costs_an_array_only_that_row(int depth)
    {
        string model = await DefineAsync();
        string deep = new string('[', depth) + new string(']', depth);
        string body = $$$"""[{"id":"good-1"},{"id":"deep","features":{"x":{{{deep}}}}},{"id":"good-2"}]""";
        var (status, answer) = await PostAsync($"/v1/models/{model}/predictions", Json, Encoding.UTF8.GetBytes(body));
        Assert.Equal((HttpStatusCode.Accepted, 2), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal(1, Assert.Single(answer.GetProperty("rejected").EnumerateArray()).GetProperty("row").GetInt32());
    }

    [Fact]
    public async Task A_value_of_another_type_never_costs_its_row()
    {
        string model = await DefineAsync();
        var (_, answer) = await PostAsync($"/v1/models/{model}/predictions", NdJson, """{"id":"a","features":{"x":"NaN"}}"""u8.ToArray());
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
    }

    /// <summary>Whole bodies that are refused.</summary>
    public static TheoryData<string, string, string, HttpStatusCode> BadBodies => new()
    {
        { "predictions", "text/plain", "hello", HttpStatusCode.UnsupportedMediaType },
        { "predictions", "multipart/form-data", "x", HttpStatusCode.UnsupportedMediaType },
        { "predictions", Json, "[{\"id\":\"a\"},", HttpStatusCode.BadRequest },
        { "predictions", Json, "{{", HttpStatusCode.BadRequest },
        { "predictions", "application/vnd.apache.parquet", "PAR1 but not really", HttpStatusCode.BadRequest },
        { "outcomes", "text/html", "<b>", HttpStatusCode.UnsupportedMediaType },
        { "outcomes", Json, "][", HttpStatusCode.BadRequest },
        { "closes", Json, "{}", HttpStatusCode.UnprocessableEntity },
        { "closes", Json, """{"through":"soon"}""", HttpStatusCode.UnprocessableEntity },
        { "closes", Json, """{"through":"2999-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity },
    };

    [Theory, MemberData(nameof(BadBodies))]
    public async Task A_bad_body_is_a_problem_that_says_what_is_wrong(string route, string type, string body, HttpStatusCode expected)
    {
        string model = await DefineAsync();
        var (status, answer) = await PostAsync($"/v1/models/{model}/{route}", type, Encoding.UTF8.GetBytes(body));
        Assert.True(status == expected, $"{status}: {answer}");
        Assert.StartsWith("/problems/", answer.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(answer.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task An_empty_body_is_no_fault_and_no_row()
    {
        string model = await DefineAsync();
        var (status, answer) = await PostAsync($"/v1/models/{model}/predictions", NdJson, []);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((0, 0), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"task":"tertiary"}""", 422)]
    [InlineData("""{"task":"binary","windwo":"1h"}""", 422)]
    [InlineData("""{"task":"binary","window":"7h"}""", 422)]
    [InlineData("""{"task":"binary","timeZone":"Mars/Base"}""", 422)]
    [InlineData("""{"task":"binary","falseAlarmsPerYear":-1}""", 422)]
    [InlineData("""{}""", 422)]
    [InlineData("""null""", 422)]
    [InlineData("""[]""", 422)]
    [InlineData("", 400)]
    public async Task A_bad_definition_is_refused_with_its_faults(string body, int expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(Json));
        using var response = await server.Http.PutAsync("/v1/models/bad-definition", content, Cancellation);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unknown_model_is_told_how_to_be_created()
    {
        var (status, answer) = await PostAsync("/v1/models/nobody/predictions", NdJson, """{"id":"a"}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("PUT", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_host_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "evil.example" } };
        using var response = await server.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    private async Task<string> DefineAsync()
    {
        string model = "bad-" + Guid.NewGuid().ToString("N");
        using var content = new StringContent("""{"task":"binary","columns":{"x":{"type":"number"}}}""", Encoding.UTF8, new MediaTypeHeaderValue(Json));
        using var response = await server.Http.PutAsync($"/v1/models/{model}", content, Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return model;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string route, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var response = await server.Http.PostAsync(route, content, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((int)response.StatusCode < 500, $"{response.StatusCode}: {text}");
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
