using System.Net;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;

namespace Bellwether.Client.Tests;

public sealed class BellwetherClientTests
{
    private static readonly ModelKey Model = ModelKey.Parse("credit-default");
    private static readonly BellwetherClientOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20), Attempts = 4, JitterSeed = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_definition_is_put_and_comes_back_as_stored()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(201, """{"model":"credit-default","revision":1,"definition":{"task":"binary","window":"1h"}}"""));
        using var http = new HttpClient();
        var stored = await new BellwetherClient(http, server.Address).DefineAsync(Model, new ModelDefinition(ModelTask.Binary) { Window = "1h" }, Cancellation);

        Assert.Equal((1, ModelTask.Binary), (stored.Revision, stored.Definition.Task));
        var request = Assert.Single(server.Requests);
        Assert.Equal(("PUT", "/v1/models/credit-default", "application/json"), (request.Method, request.Target, request.ContentType));
        Assert.Equal("binary", JsonDocument.Parse(request.Body).RootElement.GetProperty("task").GetString());
    }

    [Fact]
    public async Task Rows_go_out_in_batches_of_lines_and_rejections_keep_their_place_among_all()
    {
        await using var server = new LoopbackServer((request, count) => new Answer(202,
            count == 2 ? """{"accepted":1,"duplicates":0,"rejected":[{"row":1,"reason":"no"}]}""" : """{"accepted":1,"duplicates":1,"rejected":[]}"""));
        using var http = new HttpClient();
        var client = new BellwetherClient(http, server.Address, Quick with { BatchRows = 2 });
        var receipt = await client.SendPredictionsAsync(Model, Enumerable.Range(0, 5).Select(Row), isHistory: true, cancellationToken: Cancellation);

        Assert.Equal((3, 2), (receipt.Accepted, receipt.Duplicates));
        Assert.Equal(3, Assert.Single(receipt.Rejected).Row);
        Assert.All(server.Requests, r => Assert.Equal(("/v1/models/credit-default/predictions?history=true", "application/x-ndjson"), (r.Target, r.ContentType)));
        Assert.Equal([2, 2, 1], server.Requests.Select(r => r.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        string[] ids = [.. server.Requests.SelectMany(r => r.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()!)];
        Assert.Equal(["a\n0", "a\n1", "a\n2", "a\n3", "a\n4"], ids);
    }

    [Theory, InlineData(503), InlineData(429), InlineData(0)]
    public async Task What_may_pass_is_sent_again_with_the_same_rows(int status)
    {
        await using var server = new LoopbackServer((_, count) => count < 3 ? new Answer(status, "busy", "0") : new Answer(202, """{"accepted":1,"duplicates":0,"rejected":[]}"""));
        using var http = new HttpClient();
        var receipt = await new BellwetherClient(http, server.Address, Quick).SendPredictionsAsync(Model, [Row(7)], cancellationToken: Cancellation);

        Assert.Equal(1, receipt.Accepted);
        Assert.True(server.Requests.Count >= 3);
        Assert.Single(server.Requests.Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task A_server_that_is_still_starting_is_waited_for()
    {
        int port = LoopbackServer.FreePort();
        using var http = new HttpClient();
        var options = new BellwetherClientOptions { FirstDelay = TimeSpan.FromMilliseconds(50), LongestDelay = TimeSpan.FromMilliseconds(200), Attempts = 50, JitterSeed = 1 };
        var call = new BellwetherClient(http, new Uri($"http://127.0.0.1:{port}"), options).SavePlanAsync(Model, "task: binary", Cancellation);
        await Task.Delay(150, Cancellation);
        await using var server = new LoopbackServer((_, _) => new Answer(200, """{"revision":3}"""), port);
        Assert.Equal(3, (await call).Revision);
    }

    [Fact]
    public async Task Nobody_there_is_said_with_the_address_after_every_attempt()
    {
        using var http = new HttpClient();
        var client = new BellwetherClient(http, new Uri($"http://127.0.0.1:{LoopbackServer.FreePort()}"), Quick);
        var exception = await Assert.ThrowsAsync<BellwetherException>(() => client.SavePlanAsync(Model, "task: binary", Cancellation));
        Assert.Null(exception.Status);
        Assert.Contains("in 4 attempts", exception.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_carries_its_problem_and_every_fault_and_is_not_repeated()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(422,
            """{"type":"/problems/invalid-plan","title":"The plan has faults","status":422,"errors":[{"path":"window","line":3,"column":9,"message":"no duration"},{"path":"x","line":null,"message":"unknown"}]}"""));
        using var http = new HttpClient();
        var exception = await Assert.ThrowsAsync<BellwetherException>(() => new BellwetherClient(http, server.Address, Quick).SavePlanAsync(Model, "window: 1x", Cancellation));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-plan"), (exception.Status, exception.Problem));
        Assert.Equal([new Fault(3, 9, "window", "no duration"), new Fault(0, 0, "x", "unknown")], exception.Faults);
        Assert.Contains("The plan has faults", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(502, "<html>Bad gateway</html>", "Bad gateway")]
    [InlineData(500, "", "500")]
    [InlineData(404, "[]", "404")]
    [InlineData(400, "{\"errors\":7,\"detail\":4}", "400")]
    public async Task An_answer_that_is_no_problem_document_still_gives_a_sentence(int status, string body, string part)
    {
        await using var server = new LoopbackServer((_, _) => new Answer(status, body));
        using var http = new HttpClient();
        var exception = await Assert.ThrowsAsync<BellwetherException>(() => new BellwetherClient(http, server.Address, Quick).SavePlanAsync(Model, "x", Cancellation));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_with_another_body_is_no_success()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(200, "<html>Welcome to the hotel</html>"));
        using var http = new HttpClient();
        await Assert.ThrowsAsync<BellwetherException>(() => new BellwetherClient(http, server.Address, Quick).SavePlanAsync(Model, "x", Cancellation));
    }

    [Fact]
    public async Task Lists_follow_their_cursors_and_escape_what_they_ask_for()
    {
        await using var server = new LoopbackServer((request, _) => new Answer(200, request.Target.Contains("cursor=", StringComparison.Ordinal)
            ? """{"items":[{"start":"2026-06-01T01:00:00Z","end":"2026-06-01T02:00:00Z","revision":1,"asOf":"2026-06-01T02:00:00Z","rows":2,"outcomes":0,"coverage":0,"measures":{}}],"next":null}"""
            : """{"items":[{"start":"2026-06-01T00:00:00Z","end":"2026-06-01T01:00:00Z","revision":1,"asOf":"2026-06-01T01:00:00Z","rows":1,"outcomes":0,"coverage":0,"measures":{}}],"next":"a+b/c="}"""));
        using var http = new HttpClient();
        var rows = new List<long>();
        await foreach (var window in new BellwetherClient(http, server.Address, Quick).WindowsAsync(Model, from: new DateTimeOffset(2026, 6, 1, 2, 0, 0, TimeSpan.FromHours(2)), cancellationToken: Cancellation))
        {
            rows.Add(window.Rows);
        }
        Assert.Equal([1, 2], rows);
        Assert.Equal(
            ["/v1/models/credit-default/windows?from=2026-06-01T00%3A00%3A00Z", "/v1/models/credit-default/windows?from=2026-06-01T00%3A00%3A00Z&cursor=a%2Bb%2Fc%3D"],
            server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_is_not_taken_for_an_outage()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(503, "", "3600"));
        using var http = new HttpClient();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var options = new BellwetherClientOptions { LongestDelay = TimeSpan.FromHours(1) };
        var call = new BellwetherClient(http, server.Address, options).SavePlanAsync(Model, "x", source.Token);
        while (server.Requests.IsEmpty) { await Task.Delay(5, Cancellation); }
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory, InlineData("ftp://host"), InlineData("/relative")]
    public void An_address_that_is_none_is_refused(string address)
    {
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>(() => new BellwetherClient(http, new Uri(address, UriKind.RelativeOrAbsolute)));
    }

    [Fact]
    public async Task A_server_below_a_path_is_asked_below_it()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(200, """{"revision":1}"""));
        using var http = new HttpClient();
        await new BellwetherClient(http, new Uri(server.Address, "bellwether"), Quick).SavePlanAsync(Model, "x", Cancellation);
        Assert.Equal("/bellwether/v1/models/credit-default/plan", Assert.Single(server.Requests).Target);
    }

    private static Prediction Row(int i) => new($"a\n{i}")
    {
        Timestamp = DateTimeOffset.UnixEpoch.AddHours(i),
        Features = new Dictionary<string, FeatureValue> { ["income"] = 1.5 * i, ["region"] = "nörth <b>", ["flag"] = true, ["gone"] = default },
        Answer = 1.0,
        Score = 0.75,
    };
}
