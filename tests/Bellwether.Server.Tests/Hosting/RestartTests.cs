namespace Bellwether.Server.Tests.Hosting;

public sealed class RestartTests
{
    [Fact]
    public async Task Everything_taken_is_there_after_a_restart_and_history_that_was_held_is_still_held()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        await server.PutAsync("/v1/models/credit", """{"task":"binary","window":"15m","allowedLateness":"15m"}""");
        // History alone moves no watermark: nothing is closed before the restart.
        await server.PostAsync(
            "/v1/models/credit/predictions?history=true",
            """[{"id":"a","timestamp":"2026-07-01T10:01:00Z","prediction":1,"score":0.9},{"id":"b","timestamp":"2026-07-01T10:46:00Z","prediction":0}]""");
        await server.PostAsync("/v1/models/credit/outcomes", """[{"id":"a","outcome":1,"timestamp":"2026-07-01T10:10:00Z"}]""");
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Empty((await server.GetAsync("/v1/models/credit/closes")).Json.GetProperty("items").EnumerateArray());

        await server.RestartAsync();
        var stored = (await server.GetAsync("/v1/models/credit/predictions/a")).Json;
        Assert.Equal(0.9, stored.GetProperty("prediction").GetProperty("score").GetDouble());
        Assert.Equal(1, stored.GetProperty("outcome").GetProperty("outcome").GetDouble());
        var again = await server.PostAsync("/v1/models/credit/predictions", """[{"id":"a","timestamp":"2026-07-01T10:01:00Z","prediction":1,"score":0.9}]""");
        Assert.Equal(1, again.Json.GetProperty("duplicates").GetInt32());
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Empty((await server.GetAsync("/v1/models/credit/closes")).Json.GetProperty("items").EnumerateArray());

        // The end of history is told by live rows, as it would have been without the restart.
        await server.PostAsync("/v1/models/credit/predictions", """[{"id":"c","timestamp":"2026-07-01T10:47:00Z","prediction":0}]""");
        for (int i = 0; i < 200; i++)
        {
            var closes = (await server.GetAsync("/v1/models/credit/closes")).Json.GetProperty("items").EnumerateArray().ToList();
            if (closes is [var close, ..])
            {
                Assert.Equal("2026-07-01T10:30:00Z", close.GetProperty("through").GetString());
                return;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("No window was closed within 20 s.");
    }
}
