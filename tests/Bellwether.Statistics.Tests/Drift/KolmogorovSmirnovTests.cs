using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class KolmogorovSmirnovTests
{
    private static readonly Gen<long[]> Counts = Gen.Long[0, 40].Array[6].Where(counts => counts.Sum() > 0);

    [Fact]
    public void Counts_of_distinct_values_give_the_test_of_the_values() => Gen.Select(Counts, Counts).Sample((x, y) =>
    {
        foreach (var alternative in Enum.GetValues<Alternative>())
        {
            var counted = KolmogorovSmirnov.FromCounts(x, y, alternative);
            var raw = KolmogorovSmirnov.Test(Values(x), Values(y), alternative);
            if (counted.Statistic != raw.Statistic || counted.PValue != raw.PValue) { return false; }
        }
        double u = MannWhitney.FromCounts(x, y).PValue, rawU = MannWhitney.Test(Values(x), Values(y), method: MannWhitneyMethod.Asymptotic).PValue;
        return u.Equals(rawU);
    });

    [Fact]
    public void The_two_directions_mirror_each_other() => Gen.Select(Counts, Counts).Sample((x, y) =>
        KolmogorovSmirnov.FromCounts(x, y, Alternative.Less).Statistic == KolmogorovSmirnov.FromCounts(y, x, Alternative.Greater).Statistic
        && KolmogorovSmirnov.FromCounts(x, y, Alternative.Less).PValue == KolmogorovSmirnov.FromCounts(y, x, Alternative.Greater).PValue);

    [Theory]
    [InlineData(10_000_000, 10_000_000)]
    [InlineData(5_000_000_000, 3_000_000_001)]
    public void P_values_of_huge_samples_are_near_their_limit(long n, long m)
    {
        double size = (double)n / (n + m) * m;
        foreach (double z in (double[])[.5, .8, 1, 1.36, 1.63, 2.5])
        {
            double limit = KolmogorovSmirnov.PValue(z / Math.Sqrt(size), n, m, method: KolmogorovSmirnovMethod.Limit);
            double actual = KolmogorovSmirnov.PValue(z / Math.Sqrt(size), n, m);
            Assert.Equal(limit, actual, limit * 2e-3);
        }
    }

    [Fact]
    public void The_critical_values_are_those_of_the_tables()
    {
        Assert.Equal(.05, KolmogorovSmirnov.PValue(1.3581 / Math.Sqrt(5e6), 10_000_000, 10_000_000, method: KolmogorovSmirnovMethod.Limit), 5e-5);
        Assert.Equal(.01, KolmogorovSmirnov.PValue(1.6276 / Math.Sqrt(5e6), 10_000_000, 10_000_000, method: KolmogorovSmirnovMethod.Limit), 5e-5);
    }

    [Fact]
    public void A_p_value_never_grows_with_the_statistic()
    {
        foreach (var method in Enum.GetValues<KolmogorovSmirnovMethod>())
        {
            double before = 1;
            for (int step = 0; step <= 1000; step++)
            {
                double pValue = KolmogorovSmirnov.PValue(step / 1000.0, 600, 450, method: method);
                Assert.True(pValue <= before + 3e-6, $"{method} at {step}"); // Where two formulas meet.
                before = pValue;
            }
        }
    }

    [Fact]
    public void What_is_out_of_reach_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.PValue(.1, 100_003, 99_991, method: KolmogorovSmirnovMethod.Exact));
        Assert.ThrowsAny<ArgumentException>(() => KolmogorovSmirnov.PValue(1.1, 10, 10));
        Assert.ThrowsAny<ArgumentException>(() => KolmogorovSmirnov.PValue(double.NaN, 10, 10));
        Assert.ThrowsAny<ArgumentException>(() => KolmogorovSmirnov.PValue(.1, 0, 10));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.FromCounts([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.FromCounts([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.FromCounts([1, -2], [1, 2]));
    }

    private static double[] Values(long[] counts) => [.. counts.SelectMany((count, value) => Enumerable.Repeat((double)value, (int)count))];
}
