using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Evaluation;

public sealed class CloseEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_requested_close_evaluates_the_windows_before_it_answers_and_is_recorded()
    {
        await server.PutAsync("/v1/models/closing", """{"task":"binary"}""");
        string rows = string.Join(",", Enumerable.Range(0, 180).Select(i => $$"""{"id":"{{i}}","timestamp":"2026-07-01T{{10 + (i / 60)}}:{{i % 60:D2}}:00Z","prediction":1,"score":0.7}"""));
        Assert.Equal(202, (await server.PostAsync("/v1/models/closing/predictions?history=true", $"[{rows}]")).Status);

        var close = await server.PostAsync("/v1/models/closing/closes", """{"through":"2026-07-01T12:30:00Z"}""");
        Assert.Equal((200, "2026-07-01T12:00:00Z", "request"), (close.Status, close.Json.GetProperty("through").GetString(), close.Json.GetProperty("reason").GetString()));
        var windows = (await server.GetAsync("/v1/models/closing/windows")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["2026-07-01T10:00:00Z", "2026-07-01T11:00:00Z"], windows.Select(w => w.GetProperty("start").GetString()));
        Assert.All(windows, window => Assert.Equal(60, window.GetProperty("rows").GetInt32()));
        var record = Assert.Single((await server.GetAsync("/v1/models/closing/closes")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("2026-07-01T12:00:00Z", record.GetProperty("through").GetString());
        var first = (await server.GetAsync("/v1/models/closing/windows?limit=1&measure=errorShare")).Json;
        Assert.Single(first.GetProperty("items").EnumerateArray());
        var rest = (await server.GetAsync($"/v1/models/closing/windows?cursor={first.GetProperty("next").GetString()}")).Json;
        Assert.Equal("2026-07-01T11:00:00Z", Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("start").GetString());

        await server.PostAsync("/v1/models/closing/closes", """{"through":"2026-07-01T13:00:00Z"}""");
        var newer = (await server.GetAsync($"/v1/models/closing/closes?cursor={(await server.GetAsync("/v1/models/closing/closes?limit=1")).Json.GetProperty("next").GetString()}")).Json;
        Assert.Equal("2026-07-01T13:00:00Z", Assert.Single(newer.GetProperty("items").EnumerateArray()).GetProperty("through").GetString());
        Assert.Equal(400, (await server.GetAsync("/v1/models/closing/closes?limit=0")).Status);
    }

    [Fact]
    public async Task A_row_that_comes_after_its_window_closed_gives_a_new_revision_with_the_next_close()
    {
        await server.PutAsync("/v1/models/late", """{"task":"binary"}""");
        await server.PostAsync("/v1/models/late/predictions?history=true", """[{"id":"a","timestamp":"2026-07-01T10:10:00Z","prediction":1,"score":0.7},{"id":"b","timestamp":"2026-07-01T11:10:00Z","prediction":1,"score":0.7}]""");
        await server.PostAsync("/v1/models/late/closes", """{"through":"2026-07-01T12:00:00Z"}""");
        const string Late = """[{"id":"c","timestamp":"2026-07-01T10:20:00Z","prediction":1,"score":0.6}]""";
        await server.PostAsync("/v1/models/late/predictions?history=true", Late);
        await server.PostAsync("/v1/models/late/closes", """{"through":"2026-07-01T12:00:00Z"}""");
        Assert.Equal([(2, 2), (1, 1)], await WindowsAsync());

        Assert.Equal(1, (await server.PostAsync("/v1/models/late/predictions?history=true", Late)).Json.GetProperty("duplicates").GetInt32());
        await server.PostAsync("/v1/models/late/closes", """{"through":"2026-07-01T12:00:00Z"}""");
        Assert.Equal([(2, 2), (1, 1)], await WindowsAsync());

        async Task<List<(int Revision, int Rows)>> WindowsAsync() =>
            [.. (await server.GetAsync("/v1/models/late/windows")).Json.GetProperty("items").EnumerateArray()
                .Select(w => (w.GetProperty("revision").GetInt32(), w.GetProperty("rows").GetInt32()))];
    }

    [Fact]
    public async Task Live_rows_close_the_windows_behind_the_watermark_by_themselves()
    {
        await server.PutAsync("/v1/models/live", """{"task":"binary","window":"15m","allowedLateness":"15m"}""");
        await server.PostAsync(
            "/v1/models/live/predictions",
            """[{"id":"a","timestamp":"2026-07-01T10:01:00Z","prediction":1},{"id":"b","timestamp":"2026-07-01T10:20:00Z","prediction":0},{"id":"c","timestamp":"2026-07-01T10:31:00Z","prediction":0}]""");
        for (int i = 0; i < 200; i++)
        {
            var closes = (await server.GetAsync("/v1/models/live/closes")).Json.GetProperty("items").EnumerateArray().ToList();
            if (closes.Count > 0)
            {
                Assert.Equal(("2026-07-01T10:15:00Z", "watermark"), (closes[0].GetProperty("through").GetString(), closes[0].GetProperty("reason").GetString()));
                return;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("No window was closed within 20 s.");
    }

    [Fact]
    public async Task A_close_in_the_future_or_before_any_window_is_refused()
    {
        await server.PutAsync("/v1/models/early", """{"task":"binary"}""");
        Assert.Equal(422, (await server.PostAsync("/v1/models/early/closes", """{"through":"9999-01-01T00:00:00Z"}""")).Status);
        Assert.Equal(422, (await server.PostAsync("/v1/models/early/closes", """{}""")).Status);
        Assert.Equal((409, "/problems/nothing-to-close"), (await server.PostAsync("/v1/models/early/closes", """{"through":"2026-01-01T00:00:00Z"}""")) is var answer ? (answer.Status, answer.Slug) : default);
    }
}
