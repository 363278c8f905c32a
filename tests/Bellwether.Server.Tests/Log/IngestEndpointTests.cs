using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Log;

public sealed class IngestEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Row = """[{"id":"a/1","timestamp":"2026-07-01T10:00:00Z","version":"v1","prediction":1,"score":0.7}]""";

    [Fact]
    public async Task A_prediction_is_taken_and_found_by_its_id()
    {
        await server.PutAsync("/v1/models/credit", """{"task":"binary"}""");
        var receipt = await server.PostAsync("/v1/models/credit/predictions", Row);
        Assert.Equal((202, """{"accepted":1,"duplicates":0,"rejected":[]}"""), (receipt.Status, receipt.Text));
        var found = await server.GetAsync("/v1/models/credit/predictions/a%2F1");
        Assert.Equal("2026-07-01T10:00:00Z", found.Json.GetProperty("prediction").GetProperty("timestamp").GetString());
        Assert.Equal(404, (await server.GetAsync("/v1/models/credit/predictions/b")).Status);
    }

    [Fact]
    public async Task A_prediction_is_answered_with_everything_that_was_sent_with_it()
    {
        await server.PutAsync("/v1/models/whole", """{"task":"binary"}""");
        const string Sent = """
            {"id":"1","version":"v1","timestamp":"2026-07-01T10:00:00Z","features":{"income":1200.5,"region":"north"},"prediction":1,"score":0.7,"scores":{"0":0.3,"1":0.7},"latencySeconds":0.02,"error":"slow","role":"shadow","experiment":"e","variant":"b","unit":"customer 7","weight":2.5,"attributions":{"income":-0.5},"tags":{"team":"risk"},"traceId":"4bf9"}
            """;
        Assert.Equal(202, (await server.PostAsync("/v1/models/whole/predictions", $"[{Sent}]")).Status);
        Assert.Equal(Sent.Trim(), (await server.GetAsync("/v1/models/whole/predictions/1")).Json.GetProperty("prediction").GetRawText());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Content_types_that_a_foreign_page_can_send_are_refused(string? contentType)
    {
        await server.PutAsync("/v1/models/types", """{"task":"binary"}""");
        foreach (string path in (string[])["predictions", "outcomes", "closes"])
        {
            var answer = await server.PostAsync($"/v1/models/types/{path}", Row, contentType);
            Assert.Equal((415, "/problems/unsupported-content-type"), (answer.Status, answer.Slug));
            Assert.Contains("application/json", answer.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_refused_with_its_place()
    {
        await server.PutAsync("/v1/models/places", """{"task":"binary"}""");
        var answer = await server.PostAsync("/v1/models/places/predictions", "[{\"id\":\"a\"},\n {\"id\":]");
        Assert.Equal((400, "/problems/malformed-body"), (answer.Status, answer.Slug));
        Assert.Equal(2, answer.Json.GetProperty("errors")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task History_is_true_or_false()
    {
        await server.PutAsync("/v1/models/history", """{"task":"binary"}""");
        Assert.Equal(202, (await server.PostAsync("/v1/models/history/predictions?history=true", Row)).Status);
        Assert.Equal((400, "/problems/invalid-query"), ((await server.PostAsync("/v1/models/history/predictions?history=1", Row)) is var answer ? (answer.Status, answer.Slug) : default));
    }
}
