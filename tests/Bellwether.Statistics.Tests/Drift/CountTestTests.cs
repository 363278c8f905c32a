using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class CountTestTests
{
    [Fact]
    public void The_z_test_squared_is_pearsons_statistic_without_correction() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int[1, 400]).Sample((a, b, c, d) =>
        {
            double z = TwoProportionTest.Test(a, a + b, c, c + d).Z;
            double pearson = ChiSquareTest.Independence([b, a], [d, c], yates: false).Statistic;
            return Math.Abs(z * z - pearson) <= 1e-9 * (1 + pearson);
        });

    [Fact]
    public void Fishers_tails_meet_at_the_table_seen_and_two_sides_hold_the_smaller_one() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60]).Where((a, b, c, d) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)
            .Sample((a, b, c, d) =>
            {
                double less = FisherExactTest.Test(a, b, c, d, Alternative.Less).PValue, greater = FisherExactTest.Test(a, b, c, d, Alternative.Greater).PValue;
                double both = FisherExactTest.Test(a, b, c, d).PValue, mirrored = FisherExactTest.Test(c, d, a, b).PValue;
                return less + greater >= 1 - 1e-12 && both >= Math.Min(less, greater) - 1e-12 && both <= 1 && Math.Abs(both - mirrored) < 1e-9;
            });

    [Fact]
    public void Fishers_tea_lady_is_as_in_the_book() => Assert.Equal(17 / 70.0, FisherExactTest.Test(1, 3, 3, 1, Alternative.Less).PValue, 1e-14);

    [Fact]
    public void Fisher_answers_tables_of_millions_of_rows()
    {
        var result = FisherExactTest.Test(500_000, 4_500_000, 500_000, 4_500_000);
        Assert.Equal(1, result.PValue, 1e-9);
        Assert.InRange(FisherExactTest.Test(500_000, 4_500_000, 502_000, 4_498_000).PValue, .03, .04);
        Assert.Equal(0, FisherExactTest.Test(5_000_000, 0, 0, 5_000_000).PValue);
    }

    [Fact]
    public void Without_anything_to_tell_from_the_answer_says_so()
    {
        Assert.Equal(double.NaN, TwoProportionTest.Test(0, 10, 0, 20).Z);
        Assert.Equal(double.NaN, TwoProportionTest.Test(10, 10, 20, 20).PValue);
        Assert.Equal(new FisherExactTest.Result(double.NaN, 1), FisherExactTest.Test(0, 10, 0, 20));
        Assert.Equal(new CountTestResult(0, 1, 0), ChiSquareTest.Independence([3], [4]));
        Assert.Equal(double.NaN, ChiSquareTest.GoodnessOfFit([3], [4]).PValue);
        Assert.Equal(double.NaN, GTest.GoodnessOfFit([0, 3], [0, 4]).PValue);
        Assert.Equal(new CountTestResult(double.PositiveInfinity, 0, 1), ChiSquareTest.GoodnessOfFit([0, 3], [1, 3]));
    }

    [Fact]
    public void A_callers_mistake_names_the_parameter()
    {
        Assert.Equal("current", Assert.Throws<ArgumentException>(() => GTest.Independence([0, 1], [0, 1])).ParamName);
        Assert.Equal("observed", Assert.Throws<ArgumentException>(() => GTest.GoodnessOfFit([1, 1], [1, 2], scale: false)).ParamName);
        Assert.ThrowsAny<ArgumentException>(() => ChiSquareTest.Independence([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FisherExactTest.Test(-1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoProportionTest.Test(3, 2, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoProportionTest.Test(0, 0, 1, 2));
    }

    public static TheoryData<string> Tests() => ["chi-square", "G", "z", "Fisher", "chi-square, exact reference"];

    [Theory, MemberData(nameof(Tests))]
    public void Without_a_difference_p_values_are_uniform_or_above(string name)
    {
        var chance = new SplitMix64(20_260_101);
        double[] shares = [.1, .15, .2, .25, .3], values = new double[2_000];
        for (int i = 0; i < values.Length; i++)
        {
            double[] reference = Draw(chance, shares, 900), current = Draw(chance, shares, 700);
            values[i] = name switch
            {
                "chi-square" => ChiSquareTest.Independence(reference, current).PValue,
                "G" => GTest.Independence(reference, current).PValue,
                "z" => TwoProportionTest.Test((long)reference[4], 900, (long)current[4], 700).PValue,
                "Fisher" => FisherExactTest.Test((long)reference[4], 900 - (long)reference[4], (long)current[4], 700 - (long)current[4]).PValue,
                _ => ChiSquareTest.GoodnessOfFit(shares, current).PValue,
            };
        }
        // Fisher's test is discrete and cautious: never too many small p-values, but too few.
        Assert.InRange(name == "Fisher" ? PValues.ShareAboveUniform(values) : PValues.DistanceFromUniform(values), 0, PValues.Critical(values.Length));
    }

    private static double[] Draw(SplitMix64 chance, double[] shares, int rows)
    {
        double[] counts = new double[shares.Length];
        for (int i = 0; i < rows; i++)
        {
            double at = chance.NextDouble();
            int category = 0;
            while (category < shares.Length - 1 && at >= shares[category]) { at -= shares[category++]; }
            counts[category]++;
        }
        return counts;
    }
}
