using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Registry;

public sealed class ModelEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_definition_is_created_repeated_and_revised()
    {
        var created = await server.PutAsync("/v1/models/lifecycle", """{"task":"binary"}""");
        var again = await server.PutAsync("/v1/models/lifecycle", """{"task":"binary"}""");
        var revised = await server.PutAsync("/v1/models/lifecycle", """{"task":"binary","positive":"yes","threshold":0.7,"labels":{"team":"risk"}}""");
        Assert.Equal((201, 200, 200), (created.Status, again.Status, revised.Status));
        Assert.Equal("/v1/models/lifecycle", created.Location?.ToString());
        Assert.Equal([1, 1, 2], new[] { created, again, revised }.Select(a => a.Json.GetProperty("revision").GetInt32()));
        Assert.Equal(revised.Text, (await server.GetAsync("/v1/models/lifecycle")).Text);
        Assert.Contains((await server.GetAsync("/v1/models")).Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("model").GetString() == "lifecycle");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/plan")]
    [InlineData("PUT", "/plan")]
    [InlineData("PUT", "/reference")]
    [InlineData("POST", "/predictions")]
    [InlineData("POST", "/outcomes")]
    [InlineData("GET", "/predictions/1")]
    [InlineData("GET", "/windows")]
    [InlineData("GET", "/findings")]
    [InlineData("POST", "/closes")]
    public async Task An_unknown_model_is_answered_with_the_command_that_creates_it(string method, string path)
    {
        var answer = await server.SendAsync(new HttpMethod(method), $"/v1/models/nobody{path}", method == "GET" ? null : "[]");
        Assert.Equal((404, "application/problem+json", "/problems/unknown-model"), (answer.Status, answer.ContentType, answer.Slug));
        Assert.Contains($"curl -X PUT {server.Http.BaseAddress}v1/models/nobody -H 'Content-Type: application/json' -d '{{\"task\":\"binary\"}}'", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_definition_is_listed_with_its_path()
    {
        var shape = await server.PutAsync("/v1/models/faulty", """{"treshold":0.5,"columns":{"income":{"typ":"number"},"age":7}}""");
        Assert.Equal((422, "/problems/invalid-definition"), (shape.Status, shape.Slug));
        Assert.Equal(["treshold", "columns.income.typ", "columns.income.type", "columns.age", "task"], shape.FaultPaths);

        var meaning = await server.PutAsync(
            "/v1/models/faulty", """{"task":"binary","window":"7h","threshold":3,"timeZone":"Mars/Olympus","falseAlarmsPerYear":0,"columns":{"a":null},"labels":{"x":null}}""");
        Assert.Equal(["columns.a", "labels.x"], meaning.FaultPaths);
        var values = await server.PutAsync("/v1/models/faulty", """{"task":"binary","window":"7h","threshold":3,"timeZone":"Mars/Olympus","falseAlarmsPerYear":0}""");
        Assert.Equal(["falseAlarmsPerYear", "threshold", "timeZone", "window"], values.FaultPaths.Order(StringComparer.Ordinal));
        Assert.Equal(404, (await server.GetAsync("/v1/models/faulty")).Status);
    }

    [Fact]
    public async Task What_is_no_JSON_is_refused_with_line_and_column()
    {
        var answer = await server.PutAsync("/v1/models/broken", "{\"task\":\n  \"binary\",,}");
        Assert.Equal((400, "/problems/malformed-body"), (answer.Status, answer.Slug));
        var fault = answer.Json.GetProperty("errors")[0];
        Assert.Equal((2, 12), (fault.GetProperty("line").GetInt32(), fault.GetProperty("column").GetInt32()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"task":"poetry"}""")]
    [InlineData("""{"task":1}""")]
    [InlineData("""{"task":"binary","threshold":1e999}""")]
    [InlineData("""{"task":"binary","positive":{"a":1}}""")]
    [InlineData("""{"task":"binary","task":"regression"}""")]
    [InlineData("""{"task":"binary","segments":[null]}""")]
    [InlineData("""{"task":"binary","columns":[]}""")]
    [InlineData("{\"task\":\"binary\",\"labels\":{\"\\ud800\":\"x\"}}")]
    public async Task Bad_definitions_never_are_the_server_s_fault(string body) =>
        Assert.InRange((await server.PutAsync("/v1/models/bad", body)).Status, 400, 422);

    [Theory]
    [InlineData("Credit")]
    [InlineData("-x")]
    [InlineData("a%20b")]
    [InlineData("%C3%A4")]
    public async Task A_key_that_is_no_slug_is_refused_with_the_rule(string key)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put])
        {
            var answer = await server.SendAsync(method, $"/v1/models/{key}", method == HttpMethod.Put ? """{"task":"binary"}""" : null);
            Assert.Equal((400, "/problems/invalid-model-key"), (answer.Status, answer.Slug));
        }
    }

    [Fact]
    public async Task A_definition_that_contradicts_the_stored_plan_is_refused()
    {
        await server.PutAsync("/v1/models/planned", """{"task":"binary","window":"1h"}""");
        Assert.Equal(200, (await server.PutAsync("/v1/models/planned/plan", "window: 1h", "application/yaml")).Status);
        var answer = await server.PutAsync("/v1/models/planned", """{"task":"binary","window":"1d"}""");
        Assert.Equal(422, answer.Status);
        Assert.Equal(["window"], answer.FaultPaths);
    }
}
