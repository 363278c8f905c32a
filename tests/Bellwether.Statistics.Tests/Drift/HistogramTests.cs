using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class HistogramTests
{
    private static readonly Gen<double[]> Values = Gen.Int[-10_000, 10_000].Select(value => value / 10.0).Array[1, 60];

    [Fact]
    public void Every_value_of_the_sample_lies_in_one_of_its_bins() => Gen.Select(Values, Gen.Enum<HistogramRule>()).Sample((values, rule) =>
    {
        double[] edges = Histogram.Edges(values, rule), counts = new double[edges.Length - 1];
        return Histogram.Count(values, edges, counts) == 0 && counts.Sum() == values.Length && edges[0] <= values.Min() && edges[^1] >= values.Max();
    });

    [Fact]
    public void A_bin_holds_its_left_edge_and_the_last_one_its_right_too()
    {
        double[] counts = new double[2];
        Assert.Equal(2, Histogram.Count([-1, 0, .5, 1, 2, 2.1], [0, 1, 2], counts));
        Assert.Equal([2, 2], counts);
    }

    [Fact]
    public void EqualValues_get_one_bin_of_width_one_about_them()
    {
        Assert.Equal([2.5, 3.5], Histogram.Edges([3, 3, 3], HistogramRule.Doane));
        Assert.Equal([2.5, 3.5], Histogram.Edges([3], HistogramRule.Sturges));
    }

    [Fact]
    public void Sturges_gives_seven_bins_for_sixty_fourValues_and_the_skewed_get_more_from_doane()
    {
        double[] skewed = [.. Enumerable.Range(0, 64).Select(i => Math.Exp(i / 8.0))];
        Assert.Equal(8, Histogram.Edges(skewed, HistogramRule.Sturges).Length);
        Assert.True(Histogram.Edges(skewed, HistogramRule.Doane).Length > 8);
    }

    [Fact]
    public void A_rule_that_asks_for_billions_of_bins_is_refused() =>
        Assert.Throws<ArgumentException>(() => Histogram.Edges([0, 1, 2, 3, 4, 5, 6, 1e300], HistogramRule.Narrower));

    [Theory, InlineData(double.NaN), InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_has_no_range(double value) => Assert.Throws<ArgumentException>(() => Histogram.Edges([1, value], HistogramRule.Sturges));

    [Fact]
    public void Bins_that_do_not_ascend_and_missingValues_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Histogram.Count([1], [0, 0], new double[1]));
        Assert.Throws<ArgumentException>(() => Histogram.Count([1], [0, 1, 2], new double[1]));
        Assert.Throws<ArgumentException>(() => Histogram.Count([double.NaN], [0, 1], new double[1]));
        Assert.Throws<ArgumentException>(() => Histogram.Edges(1, 1, 3));
        Assert.Throws<ArgumentException>(() => Histogram.Edges([], HistogramRule.Sturges));
    }

    [Fact]
    public void Each_convention_counts_every_row_of_both_samples() => Gen.Select(Values, Values, Gen.Enum<PsiBinning>()).Sample((reference, current, binning) =>
    {
        var bins = PsiBins.Of(reference, current, binning);
        return bins.Reference.Sum() == reference.Length && bins.Current.Sum() == current.Length && bins.Index() >= 0;
    });

    [Fact]
    public void A_sample_has_no_index_against_itself_whatever_the_convention() => Gen.Select(Values, Gen.Enum<PsiBinning>()).Sample((values, binning) =>
        PsiBins.Of(values, values, binning).Index() == 0);

    [Fact]
    public void Fixed_edges_leave_both_outer_bins_open()
    {
        var bins = PsiBins.Of([1, 2, 3], [-9, 2, 99], [2.0, 3.0]);
        Assert.Equal([1, 1, 1], bins.Reference);
        Assert.Equal([1, 1, 1], bins.Current);
        Assert.Throws<ArgumentException>(() => PsiBins.Of([1], [1], [2.0, 2.0]));
    }

    [Fact]
    public void A_constant_reference_is_answered_by_each_convention()
    {
        foreach (var binning in Enum.GetValues<PsiBinning>())
        {
            Assert.True(PsiBins.Of([3, 3, 3], [3, 4, 9], binning).Index() >= 0);
        }
    }
}
