using System.Globalization;
using System.Numerics;
using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Two-sample Cramér–von Mises test: the squared difference of the distribution functions, averaged over the pooled values.</summary>
/// <remarks>
/// Usually stronger than <see cref="KolmogorovSmirnov"/> against shifts, as it adds up differences everywhere; of the tails it sees less than
/// <see cref="AndersonDarling"/>. Tied values take their mean rank.
/// Source: T. W. Anderson, "On the distribution of the two-sample Cramér–von Mises criterion", Ann. Math. Statist. 33, 1962.
/// </remarks>
public static class CramerVonMises
{
    private const int LargestAuto = 20;
    private const int LargestExact = 1024;

    /// <summary>Tests two samples. O(N log N) and the cost of the law.</summary>
    /// <param name="reference">n ≥ 2 finite values.</param>
    /// <param name="current">m ≥ 2 finite values.</param>
    /// <param name="method">The law for the p-value.</param>
    /// <returns>
    /// T, near 1/6 when the samples have one distribution. Where most values are equal the test errs: of two equal constants T depends on
    /// the sizes only and the p-value means nothing (scipy's is reproduced). Look for constants first, or take <see cref="KolmogorovSmirnov"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A sample has fewer than two values, NaN or an infinity, or the exact law is asked for with n·m above 1,024.</exception>
    public static SampleTestResult Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, CramerVonMisesMethod method = CramerVonMisesMethod.Auto)
    {
        Sample.RequireAtLeast(2, reference);
        Sample.RequireAtLeast(2, current);
        int n = reference.Length, m = current.Length;
        bool exact = method == CramerVonMisesMethod.Exact || (method == CramerVonMisesMethod.Auto && Math.Max(n, m) <= LargestAuto);
        if (exact && (long)n * m > LargestExact)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The exact law of {n} and {m} values is out of reach; ask for the asymptotic one."), nameof(method));
        }
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        // T = (6U − k(4k − 1)) / (6kN) with k = n·m, in whole numbers: U grows as N³ and T does not.
        Int128 k = (Int128)n * m;
        var numerator = (6 * FourTimesU(x.Values, y.Values)) - (4 * k * ((4 * k) - 1));
        double all = (double)n + m, product = (double)n * m, statistic = (double)numerator / (24 * product * all);
        return new SampleTestResult(statistic, exact ? Exact(numerator, n, m) : Asymptotic(statistic, n, m));
    }

    private static double Exact(Int128 numerator, int n, int m)
    {
        long divisor = (long)BigInteger.GreatestCommonDivisor(n, m), common = n / divisor * m;
        double zeta = Math.Floor((double)((Int128)common * common * (n + m) * numerator) / (24.0 * n * m * n * m));
        return CramerVonMisesLaw.ExactSurvival(zeta, n, m);
    }

    private static double Asymptotic(double statistic, double n, double m)
    {
        double k = n * m, all = n + m;
        double mean = (1 + (1 / all)) / 6;
        double variance = (all + 1) * ((4 * k * all) - (3 * ((n * n) + (m * m))) - (2 * k)) / (45 * all * all * 4 * k);
        return CramerVonMisesLaw.LimitSurvival((1 / 6.0) + ((statistic - mean) / Math.Sqrt(45 * variance)));
    }

    /// <summary>4·(n·Σ(rᵢ − i)² + m·Σ(sⱼ − j)²) with the midranks r and s of the two samples in the pooled one.</summary>
    private static Int128 FourTimesU(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Int128 ofX = 0, ofY = 0;
        var merge = new TiedMerge(x, y);
        while (merge.MoveNext())
        {
            ofX += Squares(merge.TwiceMidrank - (2L * merge.FirstBelow), merge.FirstEqual);
            ofY += Squares(merge.TwiceMidrank - (2L * merge.SecondBelow), merge.SecondEqual);
        }
        return (x.Length * ofX) + (y.Length * ofY);

        // Σ (twice − 2t)² over t = 1 … count.
        static Int128 Squares(long twice, int count) => count switch
        {
            0 => 0,
            1 => (twice - 2) * (twice - 2),
            _ => ((Int128)twice * twice * count) - ((Int128)2 * twice * count * (count + 1L)) + ((Int128)2 * count * (count + 1L) * ((2L * count) + 1) / 3),
        };
    }
}
