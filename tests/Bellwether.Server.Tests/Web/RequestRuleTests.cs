using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Web;

public sealed class RequestRuleTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:1", 200)]
    [InlineData("[::1]", 200)]
    public async Task Only_names_of_this_machine_are_answered(string host, int status) =>
        Assert.Equal(status, (await server.SendAsync(HttpMethod.Get, "/v1/models", host: host)).Status);

    [Fact]
    public async Task The_framework_s_own_refusals_have_the_shape_of_all_others()
    {
        var unknown = await server.GetAsync("/v1/nothing");
        Assert.Equal((404, "/problems/not-found", "application/problem+json"), (unknown.Status, unknown.Slug, unknown.ContentType));
        var method = await server.SendAsync(HttpMethod.Delete, "/v1/models");
        Assert.Equal((405, "/problems/method-not-allowed"), (method.Status, method.Slug));
    }

    [Theory]
    [InlineData("windows?from=yesterday", "from")]
    [InlineData("windows?to=2026-07-01", "to")]
    [InlineData("windows?from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z", "to")]
    [InlineData("windows?measure=auk", "measure")]
    [InlineData("windows?limit=0", "limit")]
    [InlineData("windows?cursor=!", "cursor")]
    [InlineData("findings?topic=weather", "topic")]
    [InlineData("findings?cursor=AAAA", "cursor")]
    [InlineData("findings?limit=1001", "limit")]
    public async Task A_wrong_query_parameter_is_named(string query, string parameter)
    {
        await server.PutAsync("/v1/models/queries", """{"task":"binary"}""");
        var answer = await server.GetAsync($"/v1/models/queries/{query}");
        Assert.Equal((400, "/problems/invalid-query"), (answer.Status, answer.Slug));
        Assert.Equal([parameter], answer.FaultPaths);
    }

    [Fact]
    public async Task Alerts_are_asked_for_by_state()
    {
        Assert.Equal("""{"items":[],"next":null}""", (await server.GetAsync("/v1/alerts?state=firing")).Text);
        Assert.Equal(400, (await server.GetAsync("/v1/alerts?state=Firing")).Status);
    }

    [Fact]
    public async Task The_API_document_is_OpenAPI_3_1_and_names_every_route()
    {
        var document = (await server.GetAsync("/openapi/v1.json")).Json;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        string[] routes =
        [
            "/v1/models", "/v1/alerts", "/v1/models/{model}", "/v1/models/{model}/plan", "/v1/models/{model}/reference", "/v1/models/{model}/predictions",
            "/v1/models/{model}/predictions/{id}", "/v1/models/{model}/outcomes", "/v1/models/{model}/windows", "/v1/models/{model}/findings", "/v1/models/{model}/closes",
        ];
        Assert.Equal(routes.Order(StringComparer.Ordinal), document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        var threshold = document.GetProperty("components").GetProperty("schemas").GetProperty("ModelDefinition").GetProperty("properties").GetProperty("threshold");
        Assert.DoesNotContain("string", threshold.GetProperty("type").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_told_without_a_model()
    {
        Assert.Equal("live", (await server.GetAsync("/health/live")).Text);
        Assert.Equal("ready", (await server.GetAsync("/health/ready")).Text);
    }
}
