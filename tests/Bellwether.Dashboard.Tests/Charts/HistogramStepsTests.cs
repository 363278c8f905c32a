using Bellwether.Dashboard.Charts;
using Bellwether.Monitoring.Overview;
using Bunit;

namespace Bellwether.Dashboard.Tests.Charts;

public class HistogramStepsTests : BunitContext
{
    [Fact]
    public void Open_tails_have_no_label_at_their_outer_ends()
    {
        var steps = Draw(
            new("below 0", double.NegativeInfinity, 0, 0.001, 0), new("0 to 1", 0, 1, 0.5, 0.2), new("1 to 2", 1, 2, 0.498, 0.8), new("above 2", 2, double.PositiveInfinity, 0.001, 0));
        Assert.DoesNotContain("∞", steps.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", steps.Markup, StringComparison.Ordinal);
        Assert.Contains(steps.FindAll("text"), text => text.TextContent == "1");
    }

    [Fact]
    public void Empty_bins_on_both_sides_are_drawn_on_the_ground() => Assert.DoesNotContain("NaN", Draw(new("0 to 1", 0, 1, 0, 0), new("1 to 2", 1, 2, 0, 0)).Markup, StringComparison.Ordinal);

    [Fact]
    public void The_label_names_where_they_differ_most() =>
        Assert.Contains("1 to 2, 50 % in the reference, 80 % now", Draw(new("0 to 1", 0, 1, 0.5, 0.2), new("1 to 2", 1, 2, 0.5, 0.8)).Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);

    private IRenderedComponent<HistogramSteps> Draw(params HistogramBin[] bins) => Render<HistogramSteps>(steps => steps.Add(s => s.Bins, bins).Add(s => s.Column, "income"));
}
