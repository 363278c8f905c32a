using Bellwether.Server.Demo;
using Microsoft.Playwright;

namespace Bellwether.Acceptance.Tests;

/// <summary>The pages as a person sees them, over the demo, in a real browser.</summary>
public sealed class BrowserTests
{
    /// <summary>The same places in the same order as in test.sh.</summary>
    private static readonly string? Chromium = Environment.GetEnvironmentVariable("BELLWETHER_CHROMIUM") is { Length: > 0 } named
        ? named
        : ((string[])["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_pages_tell_what_is_wrong_and_the_heatmap_leads_to_the_feature_in_both_themes()
    {
        Assert.SkipUnless(File.Exists(Chromium), "There is no Chromium; test.sh installs it where it may.");
        await using var server = await ServerProcess.StartAsync(Cancellation, "demo", "--seed", "1");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
        var scenario = new CreditDefaultWorld(new DemoOptions(1, true, TimeProvider.System.GetUtcNow())).Scenario;
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await browser.NewPageAsync(new BrowserNewPageOptions
            {
                ColorScheme = theme,
                ViewportSize = new ViewportSize { Width = 1440, Height = 1400 },
                BaseURL = server.Address.ToString(),
            });
            var faults = new List<string>();
            page.Console += (_, message) => { if (message.Type is "error") { faults.Add(message.Text); } };
            page.PageError += (_, error) => faults.Add(error);
            page.Request += (_, request) => { if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" } url && url.Host != server.Address.Host) { faults.Add(request.Url); } };

            await page.GotoAsync("/");
            await page.Locator("[data-interactive]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            var row = page.GetByTestId("overview-row-credit-default");
            Assert.Contains("harmful", await row.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
            await ScreenshotAsync(page, $"overview-{theme}");

            await page.GotoAsync("/models/credit-default?range=7d");
            await page.Locator("[data-interactive]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            string verdict = await page.GetByTestId("verdict").InnerTextAsync();
            Assert.Contains("AUC fell below the limit 0.72", verdict, StringComparison.Ordinal);
            Assert.Contains(scenario.Harmful[0].Feature, verdict, StringComparison.Ordinal);
            await page.Locator("[data-testid=heatmap] canvas").First.WaitForAsync();
            await page.WaitForTimeoutAsync(1500); // The charts draw themselves in.
            await ScreenshotAsync(page, $"model-{theme}");

            // From the heatmap to a feature: rows are sorted by severity, so the keyboard walks from the worst down.
            var features = await FeaturesAsync(page);
            await page.GetByTestId("heatmap").FocusAsync();
            string first = await page.GetByTestId("panel-title").InnerTextAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("before => document.querySelector('[data-testid=panel-title]').innerText !== before", first);
            string second = await page.GetByTestId("panel-title").InnerTextAsync();
            Assert.Equal((features[0], features[1]), (first, second));
            Assert.Contains(scenario.Expectations, e => second == e.Column);
            Assert.Contains($"column={second}", page.Url, StringComparison.Ordinal);
            foreach (string range in (string[])["24h", "7d", "30d"]) { await OpensWhatItShowsAsync(page, range); }
            Assert.True(faults.Count == 0, string.Join("\n", faults));
            await page.CloseAsync();
        }
    }

    private static async Task<IReadOnlyList<string>> FeaturesAsync(IPage page)
    {
        await page.GetByTestId("as-table").ClickAsync();
        await page.Locator("[data-testid=heatmap-table] tbody tr").First.WaitForAsync();
        var names = await page.Locator("[data-testid=heatmap-table] tbody th").AllInnerTextsAsync();
        await page.GetByTestId("as-table").ClickAsync();
        await page.Locator("[data-testid=heatmap] canvas").First.WaitForAsync();
        await page.WaitForTimeoutAsync(1500); // The chart draws itself in anew.
        return names;
    }

    /// <summary>The panel is of the very feature and of the very windows that the chosen cell pools, in every range.</summary>
    private static async Task OpensWhatItShowsAsync(IPage page, string range)
    {
        await page.GotoAsync($"/models/credit-default?range={range}");
        await page.Locator("[data-interactive]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.GetByTestId("as-table").ClickAsync();
        var table = page.GetByTestId("heatmap-table");
        await table.Locator("tbody tr").First.WaitForAsync();
        var windows = await table.Locator("thead th").AllTextContentsAsync();
        var features = await table.Locator("tbody th").AllTextContentsAsync();
        foreach (var (row, column) in new[] { (3, 1), (1, windows.Count / 2), (0, windows.Count - 1) })
        {
            await table.Locator("tbody tr").Nth(row).Locator("td").Nth(column - 1).ClickAsync();
            await Assertions.Expect(page.GetByTestId("panel-title")).ToHaveTextAsync(features[row].Trim());
            await Assertions.Expect(page.GetByTestId("panel-window")).ToHaveTextAsync(windows[column].Trim());
        }
    }

    private static async Task ScreenshotAsync(IPage page, string name)
    {
        string folder = Path.Combine(RepositoryFolder.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name.ToLowerInvariant() + ".png"), FullPage = true });
    }
}
