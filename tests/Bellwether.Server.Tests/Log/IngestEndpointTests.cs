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
