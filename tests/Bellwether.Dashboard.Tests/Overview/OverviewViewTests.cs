using Bellwether.Dashboard.Overview;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Bellwether.Dashboard.Tests.Overview;

public class OverviewViewTests : DashboardContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_most_urgent_model_comes_first_and_leads_to_its_page()
    {
        var page = Render<OverviewView>();
        var rows = page.FindAll("tbody tr");
        Assert.Equal(14, rows.Count);
        Assert.Equal("overview-row-credit-default", rows[0].GetAttribute("data-testid"));
        Assert.Equal("/models/credit-default", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("1 critical", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("−10.3 %", rows[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_counted_in_one_tile()
    {
        var tiles = Render<OverviewView>().FindAll(".tile");
        Assert.Equal(["6", "2", "3", "1"], tiles.Take(4).Select(tile => tile.QuerySelector(".big")!.TextContent.Trim()));
        Assert.Contains("of 14 models · 2 still learning", tiles[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("silent for 6 h 12 min", tiles[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("outcomes cover 71 %", tiles[4].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_without_outcomes_is_no_zero()
    {
        var row = Render<OverviewView>().Find("[data-testid=overview-row-lead-score]");
        Assert.Contains("too few values", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot tell yet", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_filter_narrows_the_rows_and_stands_in_the_url()
    {
        var page = Render<OverviewView>();
        page.Find("[data-testid=filter]").Input("GROWTH v8");
        Assert.Equal("overview-row-recsys-home", page.FindAll("tbody tr").Single().GetAttribute("data-testid"));
        Assert.EndsWith("?filter=GROWTH%20v8", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=filter]").Input("no such thing");
        Assert.Contains("No model matches", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_range_is_read_from_the_url_and_passed_on_to_the_models()
    {
        Navigation.NavigateTo("/?range=30d&filter=credit");
        var page = Render<OverviewView>();
        Assert.Equal(TimeSpan.FromDays(30), Views.OverviewRanges.Single());
        Assert.Equal("/models/credit-default?range=30d", page.Find("tbody a").GetAttribute("href"));
        Assert.Equal("true", page.FindAll(".segments button")[2].GetAttribute("aria-pressed"));
    }

    [Fact]
    public void A_fresh_server_says_how_to_send_the_first_prediction()
    {
        Views.IsEmpty = true;
        string text = Render<OverviewView>().Find("[data-testid=empty]").TextContent;
        Assert.Contains($"curl -X POST {Navigation.BaseUri}v1/models/my-model/predictions", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_loaded_again_every_five_seconds_until_it_closes()
    {
        var page = Render<OverviewView>();
        Time.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.Contains("as of 12:00:05 UTC", page.Markup, StringComparison.Ordinal));
        await DisposeComponentsAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Views.OverviewRanges.Count);
    }

    [Fact]
    public void A_failed_refresh_keeps_what_is_shown_and_says_since_when()
    {
        var page = Render<OverviewView>();
        Views.Failure = new InvalidOperationException("The store is away.");
        Time.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.Contains("Could not be refreshed since 12:00:05 UTC", page.Markup, StringComparison.Ordinal));
        Assert.Equal(14, page.FindAll("tbody tr").Count);
        Views.Failure = null;
        Time.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.DoesNotContain("Could not be refreshed", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_newer_load_cancels_the_older()
    {
        var gate = new TaskCompletionSource();
        Views.Gate = gate.Task;
        var page = Render<OverviewView>();
        Navigation.NavigateTo("/?range=24h");
        for (int call = 0; call < 2; call++) { Assert.True(await Views.OverviewCalls.WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken)); }
        Assert.Throws<OperationCanceledException>(Views.OverviewTokens[0].ThrowIfCancellationRequested);
        Views.OverviewTokens[1].ThrowIfCancellationRequested();
        gate.SetResult();
        page.WaitForAssertion(() => Assert.Equal(14, page.FindAll("tbody tr").Count));
    }
}
