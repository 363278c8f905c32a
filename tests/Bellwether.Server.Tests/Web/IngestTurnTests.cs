using System.Net.Sockets;
using System.Text;
using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Web;

public sealed class IngestTurnTests
{
    private const string Row = """[{"id":"a","timestamp":"2026-07-01T10:00:00Z","prediction":1}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("predictions")]
    [InlineData("outcomes")]
    public async Task What_is_more_than_can_be_stored_at_once_is_told_when_to_come_again(string route)
    {
        await using var server = new RunningServer { Bodies = (1, 0) };
        await server.InitializeAsync();
        await server.PutAsync("/v1/models/m", """{"task":"binary"}""");
        using var slow = await BeginAsync(server);
        await Task.Delay(500, Cancel); // Its turn first: no other request may come in its way.
        await WhileAsync(async () => (await server.PostAsync($"/v1/models/m/{route}", "[]")).Status == 202);

        using var body = new StringContent(Row, Encoding.UTF8, "application/json");
        using var refused = await server.Http.PostAsync(new Uri($"/v1/models/m/{route}", UriKind.Relative), body, Cancel);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        string text = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("/problems/busy", text, StringComparison.Ordinal);
        Assert.Contains("send it again in a second", text, StringComparison.Ordinal);
        // Who only asks is not held up.
        Assert.Equal(200, (await server.GetAsync("/v1/models/m/windows")).Status);
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);

        Assert.StartsWith("HTTP/1.1 202", await EndAsync(slow), StringComparison.Ordinal);
        await WhileAsync(async () => (await server.PostAsync($"/v1/models/m/{route}", "[]")).Status == 503); // Its turn ends after its answer.
        Assert.Equal(200, (await server.GetAsync("/v1/models/m/predictions/a")).Status);
    }

    [Fact]
    public async Task Those_that_wait_are_stored_when_their_turn_comes()
    {
        await using var server = new RunningServer { Bodies = (1, 20) };
        await server.InitializeAsync();
        await server.PutAsync("/v1/models/m", """{"task":"binary"}""");
        using var slow = await BeginAsync(server);
        await Task.Delay(500, Cancel);
        var waiting = Enumerable.Range(0, 20).Select(i => server.PostAsync("/v1/models/m/predictions", Row.Replace("\"a\"", $"\"{i}\"", StringComparison.Ordinal))).ToList();
        await Task.Delay(200, Cancel);
        Assert.DoesNotContain(waiting, request => request.IsCompleted);
        Assert.StartsWith("HTTP/1.1 202", await EndAsync(slow), StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((202, """{"accepted":1,"duplicates":0,"rejected":[]}"""), (answer.Status, answer.Text)));
    }

    /// <summary>Sends the first half of a body.</summary>
    private static async Task<TcpClient> BeginAsync(RunningServer server)
    {
        var address = server.Http.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        string head = $"POST /v1/models/m/predictions HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Row.Length}\r\nConnection: close\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + Row[..10]), Cancel);
        return client;
    }

    /// <summary>Sends the rest and gives the answer.</summary>
    private static async Task<string> EndAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Row[10..]), Cancel);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task WhileAsync(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 200; i++)
        {
            if (!await holds()) { return; }
            await Task.Delay(20, Cancel);
        }
        Assert.Fail("Nothing changed in four seconds.");
    }
}
