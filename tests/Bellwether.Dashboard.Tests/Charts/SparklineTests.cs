using Bellwether.Dashboard.Charts;
using Bellwether.Dashboard.Signs;
using Bunit;

namespace Bellwether.Dashboard.Tests.Charts;

public class SparklineTests : BunitContext
{
    [Fact]
    public void A_value_that_cannot_be_told_leaves_a_gap() => Assert.Equal(2, Strokes(Line([0.9, 0.91, null, 0.9, 0.92])));

    [Fact]
    public void A_value_between_two_gaps_is_a_dot() => Assert.Contains("h0", Line([0.9, null, 0.91, null, 0.9]).Find(".line").GetAttribute("d"), StringComparison.Ordinal);

    [Fact]
    public void Without_any_value_it_says_so_and_draws_nothing()
    {
        var line = Line([null, double.NaN, null]);
        Assert.Contains("too few values", line.Markup, StringComparison.Ordinal);
        Assert.Empty(line.FindAll("svg"));
    }

    [Fact]
    public void No_value_at_the_end_means_no_point_at_the_end() => Assert.Empty(Line([0.9, 0.91, null]).FindAll(".last"));

    [Fact]
    public void Equal_values_are_a_level_line_within_the_picture()
    {
        string path = Line([5, 5, 5]).Find(".line").GetAttribute("d")!;
        Assert.DoesNotContain("NaN", path, StringComparison.Ordinal);
        Assert.Single(path.Split('M', 'L').Skip(1).Select(point => point.Split(' ')[1]).Distinct());
    }

    [Fact]
    public void Only_what_lies_outside_the_band_is_coloured()
    {
        Assert.Empty(Line([0.9, 0.91, 0.9], 0.88, 0.93).FindAll(".outside"));
        Assert.Single(Line([0.9, 0.91, 0.8], 0.88, 0.93).FindAll(".outside"));
    }

    [Fact]
    public void A_label_tells_what_cannot_be_seen() => Assert.Equal("AUC, falling", Line([1, 2]).Find("svg").GetAttribute("aria-label"));

    private static int Strokes(IRenderedComponent<Sparkline> line) => line.Find(".line").GetAttribute("d")!.Count(c => c == 'M');

    private IRenderedComponent<Sparkline> Line(double?[] values, double? low = null, double? high = null) => Render<Sparkline>(line => line
        .Add(l => l.Values, values).Add(l => l.BandLow, low).Add(l => l.BandHigh, high).Add(l => l.Tone, Tone.Critical).Add(l => l.Label, "AUC, falling"));
}
