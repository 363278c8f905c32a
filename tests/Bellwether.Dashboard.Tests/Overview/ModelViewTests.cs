using Bellwether.Dashboard.Overview;
using Bellwether.Dashboard.Tests.Samples;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Bellwether.Dashboard.Tests.Overview;

public class ModelViewTests : DashboardContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_verdict_is_one_sentence_with_what_it_rests_on()
    {
        var verdict = Show("credit-default").Find("[data-testid=verdict]");
        Assert.Equal("ShiftedHarmful", verdict.GetAttribute("data-state"));
        Assert.Contains("AUC fell below the limit 0.85", verdict.QuerySelector("b")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("income", verdict.QuerySelectorAll("code").Select(code => code.TextContent));
        Assert.Contains("outcomes cover 71 %", verdict.QuerySelector(".basis")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("churn-retail", "Healthy")]
    [InlineData("lead-score", "Learning")]
    [InlineData("triage-xray", "Provisional")]
    [InlineData("anomaly-pump", "No data")]
    [InlineData("eta-delivery", "Shifted, harmless")]
    [InlineData("fraud-card", "Broken data")]
    public void Every_state_is_said_in_words(string model, string word) =>
        Assert.Equal(word, Show(model).Find("[data-testid=verdict] .word").TextContent);

    [Fact]
    public void A_feature_named_like_markup_stays_text()
    {
        var page = Show("credit-default", "view=table&column=" + Uri.EscapeDataString(SampleViews.NastyColumn));
        Assert.Equal(SampleViews.NastyColumn, page.Find("[data-testid=panel-title]").TextContent);
        Assert.Equal(SampleViews.NastyColumn, Row(page, SampleViews.NastyColumn).QuerySelector("th")!.TextContent);
        Assert.DoesNotContain(page.FindAll("b"), bold => bold.TextContent == "bold");
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public void The_table_tells_too_few_values_from_nothing_moved()
    {
        var row = Row(Show("credit-default", "view=table"), "term");
        Assert.Equal(("–", "Too few values to tell"), (row.QuerySelector("td")!.TextContent, row.QuerySelector("td")!.GetAttribute("title")));
        Assert.DoesNotContain("–", Row(Show("credit-default", "view=table"), "age").QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void Choosing_a_cell_of_the_table_opens_its_panel_and_stands_in_the_url()
    {
        var page = Show("credit-default", "view=table");
        Row(page, "channel").QuerySelectorAll("td")[20].Click();
        page.WaitForAssertion(() => Assert.Equal("channel", page.Find("[data-testid=panel-title]").TextContent));
        Assert.Contains("column=channel&window=2026-07-20T00%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".categories tbody tr"));
    }

    [Fact]
    public void A_url_shows_the_same_view_to_a_colleague()
    {
        var page = Show("credit-default", "range=24h&measure=accuracy&column=utilisation&window=2026-07-24T03:00:00Z&rows=drifting");
        Assert.Equal("utilisation", page.Find("[data-testid=panel-title]").TextContent);
        Assert.Contains("Fri 24 Jul, 03:00", page.Find("[data-testid=panel]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["24 h", "Accuracy", "Drifting only"], page.FindAll("[aria-pressed=true]").Select(button => button.TextContent));
        Assert.Contains("Too few outcomes to tell yet", page.Find("[data-testid=metric]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_choice_the_worst_feature_is_looked_into() => Assert.Equal("income", Show("credit-default").Find("[data-testid=panel-title]").TextContent);

    [Fact]
    public void Firing_alerts_are_listed_the_worst_first_with_their_time()
    {
        var alerts = Show("credit-default").FindAll(".alerts li");
        Assert.Equal(["critical", "warning", "warning", "info"], alerts.Select(alert => alert.QuerySelector(".severity")!.TextContent.Trim()));
        Assert.Equal("fired Wednesday 00:00 UTC", alerts[0].QuerySelector("time")!.TextContent);
        Assert.Equal("2026-07-22T00:00:00Z", alerts[0].QuerySelector("time")!.GetAttribute("datetime"));
    }

    [Fact]
    public void The_picture_can_be_walked_with_keys_and_has_a_table_beside_it()
    {
        var heatmap = Show("credit-default").Find("[data-testid=heatmap]");
        Assert.Equal(("application", "0"), (heatmap.GetAttribute("role"), heatmap.GetAttribute("tabindex")));
        Assert.Contains("30 features by 56 windows", heatmap.GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_cannot_be_loaded_is_tried_again_and_leaves_the_page_alive()
    {
        Views.CellFailure = new InvalidOperationException("The store is away.");
        var page = Show("credit-default");
        Assert.Contains("Could not be refreshed", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".alerts li"));
        Views.CellFailure = null;
        Time.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.Equal("income", page.Find("[data-testid=panel-title]").TextContent));
    }

    [Fact]
    public void The_picture_and_the_table_take_turns()
    {
        var page = Show("credit-default");
        page.Find("[data-testid=as-table]").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=heatmap-table]")));
        Assert.Empty(page.FindAll("[data-testid=heatmap]"));
        Assert.Contains("view=table", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=as-table]").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=heatmap]")));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("<b>Not-a-key</b>")]
    public void An_unknown_model_is_said_to_be_unknown(string model)
    {
        var page = Show(model);
        Assert.Contains("No such model", page.Find("[data-testid=unknown-model]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page.Markup, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<ModelView> page, string column) =>
        page.FindAll("[data-testid=heatmap-table] tbody tr").Single(row => row.QuerySelector("th")!.TextContent == column);

    private IRenderedComponent<ModelView> Show(string model, string query = "")
    {
        Navigation.NavigateTo($"/models/{Uri.EscapeDataString(model)}?{query}");
        return Render<ModelView>(view => view.Add(v => v.Name, model));
    }
}
