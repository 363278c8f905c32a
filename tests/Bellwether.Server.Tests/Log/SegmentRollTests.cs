using Bellwether.Server.Log;
using Bellwether.Server.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Bellwether.Server.Tests.Log;

public sealed class SegmentRollTests
{
    [Fact]
    public async Task A_day_whose_windows_are_closed_is_rolled_in_the_background_and_read_as_before()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        await server.PutAsync("/v1/models/closed", """{"task":"binary"}""");
        await server.PostAsync("/v1/models/closed/predictions?history=true", """[{"id":"a","timestamp":"2026-07-01T10:01:00Z","features":{"x":1.5},"prediction":1,"score":0.9}]""");
        await server.PostAsync("/v1/models/closed/closes", """{"through":"2026-07-01T11:00:00Z"}""");
        await server.PutAsync("/v1/models/open", """{"task":"binary"}""");
        await server.PostAsync("/v1/models/open/predictions?history=true", """[{"id":"a","timestamp":"2026-06-01T10:01:00Z"}]""");
        string before = Without((await server.GetAsync("/v1/models/closed/predictions/a")).Text);

        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(25));
        using var roll = new SegmentRoll(server.Data, time, NullLogger<SegmentRoll>.Instance);
        await roll.StartAsync(TestContext.Current.CancellationToken);
        string path = Path.Combine(server.Folder, "segments", "model-closed", "2026-07.1.parquet");
        for (int i = 0; i < 100 && await StoreOfAsync("closed") == "hot"; i++)
        {
            time.Advance(SegmentRoll.First);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        await roll.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(path));
        Assert.Equal("model-closed/2026-07.1.parquet", await StoreOfAsync("closed"));
        Assert.Equal("hot", await StoreOfAsync("open"));
        Assert.Equal(before, Without((await server.GetAsync("/v1/models/closed/predictions/a")).Text));
        Assert.Equal("ready", (await server.GetAsync("/health/ready")).Text);
        await server.RestartAsync();
        Assert.Equal(before, Without((await server.GetAsync("/v1/models/closed/predictions/a")).Text));

        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        await server.RestartAsync();
        var ready = await server.GetAsync("/health/ready");
        Assert.Equal((200, true), (ready.Status, ready.Text.StartsWith("ready; damaged segments, to be put back from a backup: model-closed/2026-07.1.parquet: it has ", StringComparison.Ordinal)));

        async Task<string> StoreOfAsync(string model) => (await server.GetAsync($"/v1/models/{model}/predictions/a")).Json.GetProperty("store").GetString()!;
    }

    private static string Without(string answer) =>
        answer.Replace("\"store\":\"hot\"", "", StringComparison.Ordinal).Replace("\"store\":\"model-closed/2026-07.1.parquet\"", "", StringComparison.Ordinal);
}
