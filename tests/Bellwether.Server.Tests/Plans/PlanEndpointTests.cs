using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Plans;

public sealed class PlanEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_plan_comes_back_as_it_was_sent_whatever_its_content_type()
    {
        await server.PutAsync("/v1/models/credit", """{"task":"binary"}""");
        Assert.Equal(404, (await server.GetAsync("/v1/models/credit/plan")).Status);
        const string Yaml = "# mine\nthresholds:\n  - measure: auc\n    below: 0.8\n";
        Assert.Equal("""{"revision":1,"warnings":[]}""", (await server.PutAsync("/v1/models/credit/plan", Yaml, contentType: null)).Text);
        Assert.Equal("""{"revision":1,"warnings":[]}""", (await server.PutAsync("/v1/models/credit/plan", Yaml, "text/plain")).Text);
        var yaml = await server.GetAsync("/v1/models/credit/plan");
        Assert.Equal((Yaml, "application/yaml"), (yaml.Text, yaml.ContentType));

        const string Json = """{"thresholds":[{"measure":"auc","below":0.7}]}""";
        Assert.Equal("""{"revision":2,"warnings":[]}""", (await server.PutAsync("/v1/models/credit/plan", Json)).Text);
        var json = await server.GetAsync("/v1/models/credit/plan");
        Assert.Equal((Json, "application/json"), (json.Text, json.ContentType));
    }

    [Fact]
    public async Task Faults_of_a_plan_come_with_their_place()
    {
        await server.PutAsync("/v1/models/faulty", """{"task":"binary"}""");
        var unknown = await server.PutAsync("/v1/models/faulty/plan", "thresholds:\n  - measure: auc\n    belov: 0.8\n", "application/yaml");
        Assert.Equal((422, "/problems/invalid-plan"), (unknown.Status, unknown.Slug));
        Assert.Equal(3, unknown.Json.GetProperty("errors")[0].GetProperty("line").GetInt32());

        var many = await server.PutAsync("/v1/models/faulty/plan", "task: regression\nthresholds:\n  - measure: auk\n    below: 0.8\n  - measure: auc\n", "application/yaml");
        Assert.Equal(["task", "thresholds[0].measure", "thresholds[1]"], many.FaultPaths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("thresholds:\n  -\n")]
    [InlineData("thresholds: 7")]
    [InlineData("labels: {team: }")]
    [InlineData("features: [income, ]\nfeatures: []")]
    [InlineData("types: {a: poetry}")]
    [InlineData("\t\u0000{{{")]
    [InlineData("a: &a [*a]")]
    public async Task Bad_plans_never_are_the_server_s_fault(string plan)
    {
        await server.PutAsync("/v1/models/bad", """{"task":"binary"}""");
        Assert.Equal(422, (await server.PutAsync("/v1/models/bad/plan", plan, "application/yaml")).Status);
    }
}
