using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class PcaReconstructionTests
{
    [Fact]
    public void A_broken_correlation_is_an_error_although_no_column_changed()
    {
        double[] together = Pairs(1, 2_000, 1), apart = Pairs(2, 2_000, -1);
        var components = PcaReconstruction.Fit(together, 2);
        Assert.Single(components.ExplainedShares);
        Assert.True(components.Error(apart).Mean > 3 * components.Error(together).Mean);
    }

    [Fact]
    public void Units_and_the_order_of_columns_do_not_matter()
    {
        double[] rows = Pairs(1, 500, .5), other = [.. rows.Chunk(2).SelectMany(row => (double[])[row[1] * 100 + 7, row[0] / 10])];
        Assert.Equal(PcaReconstruction.Fit(rows, 2).Error(rows).Mean, PcaReconstruction.Fit(other, 2).Error(other).Mean, 1e-12);
    }

    [Fact]
    public void The_components_of_known_data_hold_the_known_shares()
    {
        // A correlation of ½ gives eigenvalues 1.5 and .5.
        double[] rows = [1, 1, 1, 1, -1, -1, -1, -1, 1, 1, -1, -1, 1, -1, -1, 1];
        Assert.Equal([.75], PcaReconstruction.Fit(rows, 2).ExplainedShares.Select(share => Math.Round(share, 12)));
        Assert.Equal(2, PcaReconstruction.Fit(rows, 2, .8).ExplainedShares.Count);
    }

    [Fact]
    public void Columns_that_do_not_vary_and_missing_values_are_answered()
    {
        var constant = PcaReconstruction.Fit([5, 5, 5, 5], 2);
        Assert.Equal(0, constant.Error([5, 5]).Mean);
        Assert.Equal(1, constant.Error([5, 6]).Mean);
        var gaps = PcaReconstruction.Fit([1, 2, double.NaN, 3, 3, 5], 2);
        Assert.True(double.IsFinite(gaps.Error([double.NaN, double.NaN]).Mean));
        Assert.Equal(double.NaN, gaps.Error([]).Mean);
        Assert.Equal(double.NaN, gaps.Error([1, 2]).StandardError);
    }

    [Fact]
    public void What_is_no_reference_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PcaReconstruction.Fit([], 2));
        Assert.Throws<ArgumentException>(() => PcaReconstruction.Fit([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => PcaReconstruction.Fit([1, double.NaN, 2, double.NaN], 2));
        Assert.Throws<ArgumentException>(() => PcaReconstruction.Fit([1, double.PositiveInfinity, 2, 3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PcaReconstruction.Fit([1, 2, 3, 4], 2, 1));
    }

    [Fact]
    public void Categories_become_their_shares_and_unseen_ones_nothing()
    {
        var shares = CategoryShares.Fit(["a", "a", "b", null]);
        Assert.Equal(.75, shares.Of("a")); // The missing one counts as the most frequent.
        Assert.Equal(.25, shares.Of("b"));
        Assert.Equal(.75, shares.Of(null));
        Assert.Equal(0, shares.Of("c"));
        Assert.Throws<ArgumentException>(() => CategoryShares.Fit([null]));
    }

    private static double[] Pairs(ulong seed, int rows, double slope)
    {
        var chance = new SplitMix64(seed);
        double[] values = new double[2 * rows];
        for (int i = 0; i < rows; i++)
        {
            values[2 * i] = chance.NextNormal();
            values[2 * i + 1] = slope * values[2 * i] + .1 * chance.NextNormal();
        }
        return values;
    }
}
