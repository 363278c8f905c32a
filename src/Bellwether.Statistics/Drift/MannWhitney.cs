using System.Globalization;
using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Mann–Whitney test (Wilcoxon's rank sum): whether the values of one sample tend to be greater than those of the other.</summary>
/// <remarks>
/// Sees shifts, not changes of spread, and does not care about outliers. Where the spreads differ its p-value is off: see
/// <see cref="BrunnerMunzel"/>. "Less" means that the reference tends to be smaller than the current values, "greater" larger.
/// Source: H. B. Mann and D. R. Whitney, Ann. Math. Statist. 18, 1947.
/// </remarks>
public static class MannWhitney
{
    private const int LargestAuto = 8;
    private const int LargestExact = 20_000;

    /// <summary>Tests two samples. O(N log N) and the cost of the law.</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <param name="method">The law for the p-value.</param>
    /// <param name="continuity">Whether the normal law is corrected by ½ for being continuous where U is not.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity, or the exact law is asked for with n·m above 20,000.</exception>
    public static MannWhitneyResult Test(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        Alternative alternative = Alternative.TwoSided,
        MannWhitneyMethod method = MannWhitneyMethod.Auto,
        bool continuity = true)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        Int128 twiceWins = 0;
        double ties = 0;
        var merge = new TiedMerge(x.Values, y.Values);
        while (merge.MoveNext())
        {
            twiceWins += (Int128)merge.FirstEqual * ((2L * merge.SecondBelow) + merge.SecondEqual);
            ties += Ties((double)merge.FirstEqual + merge.SecondEqual);
        }
        return Judge((double)twiceWins / 2, ties, reference.Length, current.Length, alternative, method, continuity);
    }

    /// <summary>Tests two samples counted in the same ordered bins, or of ordered categories; values of one bin are tied. O(k).</summary>
    /// <param name="reference">k ≥ 1 counts ≥ 0, not all zero.</param>
    /// <param name="current">k counts under the same conditions, in the same order.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <param name="continuity">Whether the normal law is corrected by ½ for being continuous where U is not.</param>
    /// <returns>The asymptotic result. Exact for categories; of binned numbers it is what remains after rounding them to bins.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative or a histogram is empty.</exception>
    public static MannWhitneyResult FromCounts(
        ReadOnlySpan<long> reference, ReadOnlySpan<long> current, Alternative alternative = Alternative.TwoSided, bool continuity = true)
    {
        var (n, m) = OrderedCounts.Totals(reference, current);
        Int128 twiceWins = 0;
        double ties = 0;
        long below = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            twiceWins += (Int128)reference[i] * ((2 * below) + current[i]);
            below += current[i];
            ties += Ties((double)reference[i] + current[i]);
        }
        return Judge((double)twiceWins / 2, ties, n, m, alternative, MannWhitneyMethod.Asymptotic, continuity);
    }

    private static double Ties(double equal) => (equal * equal * equal) - equal;

    private static MannWhitneyResult Judge(
        double wins, double ties, long n, long m, Alternative alternative, MannWhitneyMethod method, bool continuity)
    {
        double product = (double)n * m;
        double extreme = alternative switch
        {
            Alternative.Greater => wins,
            Alternative.Less => product - wins,
            _ => Math.Max(wins, product - wins),
        };
        bool exact = method == MannWhitneyMethod.Exact || (method == MannWhitneyMethod.Auto && Math.Min(n, m) <= LargestAuto && ties == 0 && product <= LargestExact);
        if (exact && product > LargestExact)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The exact law of {n} and {m} values is out of reach; ask for the asymptotic one."), nameof(method));
        }
        double tail = exact ? MannWhitneyLaw.Survival((long)extreme, (int)n, (int)m) : Asymptotic(extreme, ties, n, m, continuity);
        return new MannWhitneyResult(wins, Math.Min(1, alternative == Alternative.TwoSided ? 2 * tail : tail));
    }

    private static double Asymptotic(double extreme, double ties, double n, double m, bool continuity)
    {
        double all = n + m, deviation = Math.Sqrt(n * m / 12 * (all + 1 - (ties / (all * (all - 1)))));
        double excess = extreme - (n * m / 2) - (continuity ? .5 : 0);
        return Normal.Survival(excess / deviation);
    }
}
