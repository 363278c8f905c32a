using System.Diagnostics;
using System.Text.Json;

namespace Bellwether.Acceptance.Tests;

/// <summary>How long somebody waits who tries the demo.</summary>
[Collection(nameof(Alone))]
public sealed class DemoStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_dashboard_is_there_20_seconds_after_the_process_starts()
    {
        var clock = Stopwatch.StartNew();
        await using var server = await ServerProcess.StartAsync(Cancellation, "demo");
        Assert.Equal("ready", await GetAsync("/health/ready"));
        var ready = clock.Elapsed;
        string overview = await GetAsync("/");
        string model = await GetAsync("/models/credit-default?range=7d");
        var whole = clock.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"Ready after {ready.TotalSeconds:0.0} s, both pages with all data after {whole.TotalSeconds:0.0} s.");

        Assert.Contains("credit-default", overview, StringComparison.Ordinal);
        Assert.Contains("Shifted, harmful", overview, StringComparison.Ordinal);
        Assert.Contains("AUC fell below the limit 0.72", model, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"heatmap\"", model, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"panel-title\"", model, StringComparison.Ordinal);
        // Two weeks of closed windows stand behind them: the demo is not still at work.
        var windows = JsonDocument.Parse(await GetAsync("/v1/models/credit-default/windows")).RootElement.GetProperty("items");
        Assert.InRange(windows.GetArrayLength(), 14 * 24 - 2, 14 * 24 + 2);
        Assert.InRange(whole.TotalSeconds, 0, 20);

        Task<string> GetAsync(string path) => server.Http.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation);
    }
}
