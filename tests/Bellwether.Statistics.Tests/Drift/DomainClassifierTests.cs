using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class DomainClassifierTests
{
    [Fact]
    public void Samples_of_one_population_cannot_be_told_apart() => Assert.InRange(DomainClassifier.Auc(Rows(1, 0), Rows(2, 0), 3), .44, .56);

    [Fact]
    public void A_shift_of_one_column_is_found_and_a_large_one_nearly_without_error()
    {
        Assert.InRange(DomainClassifier.Auc(Rows(1, 0), Rows(2, 1), 3), .65, .76); // No classifier does better than Φ(1/√2) = .76.
        Assert.InRange(DomainClassifier.Auc(Rows(1, 0), Rows(2, 100), 3), .9999, 1); // Later trees fit the other columns' noise within either side.
    }

    [Fact]
    public void A_change_in_how_columns_go_together_is_found_without_a_change_of_any()
    {
        double[] rows = Rows(1, 0), product = Rows(2, 0);
        for (int i = 0; i < product.Length; i += 3) { product[i + 1] = Math.Abs(product[i + 1]) * Math.Sign(product[i]); }
        Assert.InRange(DomainClassifier.Auc(rows, product, 3), .6, 1);
    }

    [Fact]
    public void Missing_values_are_a_difference_like_any_other()
    {
        double[] gaps = [.. Rows(2, 0).Select((value, i) => i % 6 == 0 ? double.NaN : value)];
        Assert.InRange(DomainClassifier.Auc(Rows(1, 0), gaps, 3), .65, .9);
    }

    [Fact]
    public void The_same_rows_give_the_same_digits() =>
        Assert.Equal(DomainClassifier.Auc(Rows(1, 0), Rows(2, .5), 3), DomainClassifier.Auc(Rows(1, 0), Rows(2, .5), 3));

    [Fact]
    public void Too_few_rows_cannot_tell_and_a_constant_column_cannot_help()
    {
        Assert.Equal(double.NaN, DomainClassifier.Auc(Rows(1, 0), [1, 2, 3], 3));
        Assert.Equal(double.NaN, DomainClassifier.Auc((double[])[], (double[])[], 3));
        Assert.Equal(.5, DomainClassifier.Auc(new double[60], new double[90], 1));
    }

    [Fact]
    public void What_are_no_rows_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DomainClassifier.Auc([1, 2], [1, 2, 3], 3));
        Assert.Throws<ArgumentException>(() => DomainClassifier.Auc([double.PositiveInfinity], [1], 1));
        Assert.Throws<ArgumentException>(() => DomainClassifier.Auc([1, 2, 3], [true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DomainClassifier.Auc((double[])[], (double[])[], 0));
    }

    /// <summary>Six hundred rows of three columns, the first shifted.</summary>
    private static double[] Rows(ulong seed, double shift)
    {
        var chance = new SplitMix64(seed);
        double[] rows = new double[1_800];
        for (int i = 0; i < rows.Length; i++) { rows[i] = chance.NextNormal() + (i % 3 == 0 ? shift : 0); }
        return rows;
    }
}
