using System.Globalization;
using System.Numerics;
using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Two-sample Kolmogorov–Smirnov test: the largest difference D of the two empirical distribution functions.</summary>
/// <remarks>
/// Sensitive to any difference, most to shifts of the middle; for tails prefer the Anderson–Darling test. With much data it finds
/// differences that matter to no one: judge D, not the p-value alone. "Less" asks whether the reference's distribution function lies
/// below the current one somewhere (its values are greater), "greater" whether it lies above, as in scipy.
/// Sources: N. V. Smirnov, 1939; J. L. Hodges, Ark. Mat. 3, 1958; R. Simard and P. L'Ecuyer, J. Stat. Softw. 39(11), 2011.
/// </remarks>
public static class KolmogorovSmirnov
{
    private const int LargestExact = 10_000;

    /// <summary>Tests two samples. O(n + m): the samples are counted in narrow bins, and only values near the largest difference are sorted.</summary>
    /// <param name="reference">n ≥ 1 finite values in any order.</param>
    /// <param name="current">m ≥ 1 finite values in any order.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <param name="method">The law for the p-value.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity, or the exact law is out of reach (see <see cref="PValue"/>).</exception>
    public static KolmogorovSmirnovResult Test(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovSmirnovMethod method = KolmogorovSmirnovMethod.Auto)
    {
        var gap = GapSearch.Between(reference, current);
        double all = (double)reference.Length * current.Length;
        bool above = alternative == Alternative.Greater || (alternative == Alternative.TwoSided && IsAbove(gap));
        long largest = above ? gap.Above : gap.Below;
        double pValue = Survival(largest, reference.Length, current.Length, alternative, method);
        return new KolmogorovSmirnovResult(largest / all, pValue, above ? gap.AboveAt : gap.BelowAt, above ? 1 : -1);

        // Equal differences: scipy takes the one above unless rounding makes the other larger, and so do the cases people compare with.
        bool IsAbove(DistributionGap found) =>
            found.Above == found.Below ? !(found.BelowRounded > found.AboveRounded) : found.Above > found.Below;
    }

    /// <summary>Tests two samples that were counted in the same ordered bins, or that have few distinct values. O(k).</summary>
    /// <param name="reference">k ≥ 1 counts ≥ 0, not all zero.</param>
    /// <param name="current">k counts under the same conditions, in the same bin order.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <param name="method">The law for the p-value.</param>
    /// <returns>
    /// The difference at the bins' upper edges, and as location the index of the bin. Of the raw values' difference it falls short by at
    /// most the largest share in one bin, so that the p-value is too large rather than too small.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, a histogram is empty, or the exact law is out of reach.</exception>
    public static KolmogorovSmirnovResult FromCounts(
        ReadOnlySpan<long> reference,
        ReadOnlySpan<long> current,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovSmirnovMethod method = KolmogorovSmirnovMethod.Auto)
    {
        var (n, m) = OrderedCounts.Totals(reference, current);
        Int128 above = 0, below = 0, gap = 0;
        int aboveAt = reference.Length - 1, belowAt = aboveAt;
        for (int i = 0; i < reference.Length; i++)
        {
            gap += ((Int128)reference[i] * m) - ((Int128)current[i] * n);
            if (gap > above) { (above, aboveAt) = (gap, i); }
            if (-gap > below) { (below, belowAt) = (-gap, i); }
        }
        bool isAbove = alternative == Alternative.Greater || (alternative == Alternative.TwoSided && above >= below);
        var largest = isAbove ? above : below;
        double pValue = Survival(largest, n, m, alternative, method);
        return new KolmogorovSmirnovResult((double)largest / ((double)n * m), pValue, isAbove ? aboveAt : belowAt, isAbove ? 1 : -1);
    }

    /// <summary>The p-value of a statistic alone.</summary>
    /// <param name="statistic">The difference in the direction asked for, in [0, 1].</param>
    /// <param name="referenceCount">n ≥ 1.</param>
    /// <param name="currentCount">m ≥ 1.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <param name="method">The law; the exact one needs sizes whose least common multiple is below 2³¹.</param>
    /// <returns>In [0, 1], or NaN: the asymptotic law, two-sided, with one value each. Not exact: microseconds at any size.</returns>
    /// <exception cref="ArgumentException">A size is below 1, the statistic lies outside [0, 1], or the exact law is asked for with sizes beyond its reach.</exception>
    public static double PValue(
        double statistic,
        long referenceCount,
        long currentCount,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovSmirnovMethod method = KolmogorovSmirnovMethod.Auto)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(referenceCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(currentCount, 1);
        if (!(statistic >= 0 && statistic <= 1))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a statistic in [0, 1], got {statistic}."), nameof(statistic));
        }
        // A statistic of samples of these sizes is a whole number of steps; rounding must not push it over one.
        double all = (double)referenceCount * currentCount;
        var common = Common(referenceCount, currentCount);
        var gap = common < 1L << 52
            ? (Int128)Math.Round(statistic * (double)common) * ((Int128)referenceCount * currentCount / common)
            : (Int128)(statistic * all);
        return Survival(gap, referenceCount, currentCount, alternative, method);
    }

    private static double Survival(Int128 gap, long n, long m, Alternative alternative, KolmogorovSmirnovMethod method)
    {
        if (method == KolmogorovSmirnovMethod.Exact && Common(n, m) >= int.MaxValue)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The exact law of {n} and {m} values is out of reach; ask for the asymptotic one."), nameof(method));
        }
        double statistic = (double)gap / ((double)n * m);
        return method switch
        {
            KolmogorovSmirnovMethod.Auto => Survival(
                gap, n, m, alternative, Math.Max(n, m) <= LargestExact ? KolmogorovSmirnovMethod.Exact : KolmogorovSmirnovMethod.Asymptotic),
            KolmogorovSmirnovMethod.Exact => Exact(gap, n, m, alternative),
            KolmogorovSmirnovMethod.Asymptotic => Asymptotic(statistic, n, m, alternative),
            KolmogorovSmirnovMethod.Limit => Limit(statistic * Math.Sqrt(EffectiveSize(n, m)), alternative),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
    }

    private static double Exact(Int128 gap, long n, long m, Alternative alternative) =>
        alternative == Alternative.TwoSided
            ? LatticePaths.TwoSided((int)n, (int)m, (long)gap)
            : LatticePaths.OneSided((int)n, (int)m, (long)gap);

    /// <summary>The least common multiple.</summary>
    private static Int128 Common(long n, long m) => (Int128)n / (long)BigInteger.GreatestCommonDivisor(n, m) * m;

    private static double Asymptotic(double statistic, long n, long m, Alternative alternative)
    {
        double size = EffectiveSize(n, m);
        if (alternative == Alternative.TwoSided)
        {
            long rounded = (long)Math.Round(size); // To even, as numpy.
            return rounded == 0 ? double.NaN : Kolmogorov.Survival(rounded, statistic);
        }
        double z = Math.Sqrt(size) * statistic, larger = Math.Max(n, m), smaller = Math.Min(n, m);
        // Hodges' equation 5.3.
        return Math.Exp((-2 * z * z) - (2 * z * (larger + (2 * smaller)) / Math.Sqrt(larger * smaller * (larger + smaller)) / 3));
    }

    private static double Limit(double z, Alternative alternative) =>
        alternative == Alternative.TwoSided ? Kolmogorov.LimitSurvival(z) : Math.Exp(-2 * z * z);

    private static double EffectiveSize(double n, double m) => n * m / (n + m);
}
