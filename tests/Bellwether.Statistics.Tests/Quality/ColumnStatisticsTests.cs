using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Quality;
using CsCheck;

namespace Bellwether.Statistics.Tests.Quality;

public sealed class ColumnStatisticsTests
{
    [Fact]
    public void Missing_values_are_counted_and_left_out()
    {
        double[] values = [1, double.NaN, 4, 7, double.NaN];
        Assert.Equal(2, ColumnStatistics.Missing(values));
        Assert.Equal(12, ColumnStatistics.Sum(values));
        Assert.Equal(4, ColumnStatistics.Mean(values));
        Assert.Equal(3, ColumnStatistics.StandardDeviation(values));
        Assert.Equal(4, ColumnStatistics.Median(values));
    }

    [Fact]
    public void Of_nothing_the_sum_is_nothing_and_the_rest_cannot_be_told()
    {
        double[] nothing = [double.NaN];
        Assert.Equal(0, ColumnStatistics.Sum(nothing));
        Assert.Equal(double.NaN, ColumnStatistics.Mean(nothing));
        Assert.Equal(double.NaN, ColumnStatistics.Median([]));
        Assert.Equal(double.NaN, ColumnStatistics.StandardDeviation([1]));
        Assert.Throws<ArgumentException>(() => ColumnStatistics.Median([1, double.PositiveInfinity]));
    }

    [Fact]
    public void A_sum_keeps_its_digits_beside_a_giant() => Assert.Equal(2, ColumnStatistics.Sum([1, 1e100, 1, -1e100]));

    [Fact] // property: any column
    public void The_order_of_the_rows_does_not_matter() => Gen.Double[-1e3, 1e3].Array[2, 40].Sample(values =>
    {
        double[] turned = [.. values.Reverse()];
        return ColumnStatistics.Median(values) == ColumnStatistics.Median(turned)
            && Math.Abs(ColumnStatistics.Mean(values) - ColumnStatistics.Mean(turned)) < 1e-9
            && Math.Abs(ColumnStatistics.StandardDeviation(values) - ColumnStatistics.StandardDeviation(turned)) < 1e-9;
    });

    [Fact]
    public void Errors_from_the_reference_are_the_spread_of_the_chunks()
    {
        var chance = new SplitMix64(4);
        double[] values = new double[200_000];
        for (int i = 0; i < values.Length; i++) { values[i] = chance.NextNormal(); }
        var errors = ColumnErrors.Fit(values);
        double[][] chunks = [.. values.Chunk(200)];
        Near(errors.Mean(200), Spread(chunks.Select(chunk => ColumnStatistics.Mean(chunk))));
        Near(errors.Sum(200), Spread(chunks.Select(chunk => ColumnStatistics.Sum(chunk))));
        Near(errors.StandardDeviation(200), Spread(chunks.Select(chunk => ColumnStatistics.StandardDeviation(chunk))));
        Near(errors.Median(200), Spread(chunks.Select(chunk => ColumnStatistics.Median(chunk))));

        static double Spread(IEnumerable<double> statistics) => ColumnStatistics.StandardDeviation([.. statistics]);

        static void Near(double error, double spread) => Assert.InRange(error / spread, .93, 1.07); // A thousand chunks know it to 2 %.
    }

    [Fact]
    public void Errors_of_what_does_not_vary_are_none_or_cannot_be_told()
    {
        var errors = ColumnErrors.Fit([3, 3, 3]);
        Assert.Equal(0, errors.Mean(10));
        Assert.Equal(0, errors.Median(10));
        Assert.Equal(0, errors.Missing(10));
        Assert.Equal(double.NaN, ColumnErrors.Fit([3]).Mean(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => errors.Mean(0));
        Assert.Throws<ArgumentException>(() => ColumnErrors.Fit([]));
    }

    [Fact]
    public void A_missing_value_is_unseen_only_where_the_reference_had_none()
    {
        Assert.Equal(2, new SeenValues(["a", "b"]).Unseen(["a", null, "c"]));
        Assert.Equal(1, new SeenValues(["a", null]).Unseen(["a", null, "c"]));
    }
}
