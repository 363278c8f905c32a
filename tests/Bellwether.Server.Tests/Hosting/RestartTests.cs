using Bellwether.Contracts;
using Bellwether.Contracts.Log;

namespace Bellwether.Server.Tests.Hosting;

public sealed class RestartTests
{
    [Fact]
    public async Task A_close_that_was_recorded_and_not_evaluated_is_evaluated_after_the_start()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        await server.PutAsync("/v1/models/credit", """{"task":"binary"}""");
        await server.PostAsync("/v1/models/credit/predictions?history=true", """[{"id":"a","timestamp":"2026-07-01T10:01:00Z","prediction":1,"score":0.9}]""");
        var ten = new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);
        await server.Data.Log.AppendCloseAsync(new CloseRecord(ModelKey.Parse("credit"), ten.AddHours(1), "watermark", ten.AddHours(2)), TestContext.Current.CancellationToken);

        await server.RestartAsync();
        for (int i = 0; i < 200; i++)
        {
            if ((await server.GetAsync("/v1/models/credit/closes")).Json.GetProperty("items").EnumerateArray().ToList() is [var close, ..])
            {
                Assert.Equal(("2026-07-01T11:00:00Z", "watermark"), (close.GetProperty("through").GetString(), close.GetProperty("reason").GetString()));
                Assert.Single((await server.GetAsync("/v1/models/credit/windows")).Json.GetProperty("items").EnumerateArray());
                return;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("The close was not evaluated within 20 s.");
    }

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
