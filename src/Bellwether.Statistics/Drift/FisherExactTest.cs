using System.Globalization;

namespace Bellwether.Statistics.Drift;

/// <summary>Fisher's exact test of two shares: the chance of the table given its row and column sums.</summary>
/// <remarks>
/// Exact at any size, also for counts below five, at the price of being cautious: with few rows its p-values lie above uniform ones.
/// Two-sided is the sum over all tables at most as likely as the one seen (as in R and SciPy), not twice the smaller tail.
/// Source: R. A. Fisher, J. R. Stat. Soc. 98(1), 1935.
/// </remarks>
public static class FisherExactTest
{
    /// <summary>Equally likely tables have to count as such although their weights are rounded.</summary>
    private const double Ties = 1 + 1e-10;

    /// <param name="OddsRatio">The current odds over the reference's, from the counts themselves; +∞ when the divisor is 0, NaN when a row or column is empty.</param>
    /// <param name="PValue">In [0, 1]; 1 when a row or column is empty. Tables more than 10³⁰⁰ times less likely than the likeliest count as impossible.</param>
    public readonly record struct Result(double OddsRatio, double PValue);

    /// <param name="referenceSuccesses">At least 0.</param>
    /// <param name="referenceFailures">At least 0.</param>
    /// <param name="currentSuccesses">At least 0.</param>
    /// <param name="currentFailures">At least 0.</param>
    /// <param name="alternative"><see cref="Alternative.Less"/>: successes are less likely in the reference than in the current sample.</param>
    /// <returns>The odds ratio and the p-value. O(the smallest of the row and column sums).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or they sum to more than 2⁵³.</exception>
    public static Result Test(
        long referenceSuccesses, long referenceFailures, long currentSuccesses, long currentFailures, Alternative alternative = Alternative.TwoSided)
    {
        double total = Require(referenceSuccesses, nameof(referenceSuccesses)) + Require(referenceFailures, nameof(referenceFailures))
            + Require(currentSuccesses, nameof(currentSuccesses)) + Require(currentFailures, nameof(currentFailures));
        if (total > 1L << 53)
        {
            throw new ArgumentOutOfRangeException(nameof(referenceSuccesses), string.Create(CultureInfo.InvariantCulture, $"The counts sum to {total}, more than 2^53."));
        }
        long reference = referenceSuccesses + referenceFailures, current = currentSuccesses + currentFailures;
        long successes = referenceSuccesses + currentSuccesses, failures = referenceFailures + currentFailures;
        if (reference == 0 || current == 0 || successes == 0 || failures == 0) { return new Result(double.NaN, 1); }
        double odds = referenceSuccesses > 0 && currentFailures > 0
            ? currentSuccesses / (double)currentFailures / referenceSuccesses * referenceFailures
            : double.PositiveInfinity;
        return new Result(odds, PValue(currentSuccesses, current, successes, failures, alternative));
    }

    /// <summary>Sums the hypergeometric weights, each from its neighbour's, relative to the likeliest table's.</summary>
    private static double PValue(long seen, long drawn, long successes, long failures, Alternative alternative)
    {
        long least = Math.Max(0, drawn - failures), most = Math.Min(drawn, successes);
        long mode = (long)((double)(drawn + 1) * (successes + 1) / (successes + failures + 2.0));
        mode = Math.Clamp(mode, least, most);
        double limit = Weight(seen) * Ties;
        double all = 0, counted = 0;
        double weight = 1;
        for (long k = mode; k <= most && weight > 0; k++)
        {
            Count(k, weight);
            weight *= (double)(successes - k) * (drawn - k) / ((double)(k + 1) * (failures - drawn + k + 1));
        }
        weight = 1;
        for (long k = mode; k > least && weight > 0; k--)
        {
            weight *= (double)k * (failures - drawn + k) / ((double)(successes - k + 1) * (drawn - k + 1));
            Count(k - 1, weight);
        }
        return Math.Min(counted / all, 1);

        void Count(long k, double value)
        {
            all += value;
            bool counts = alternative switch
            {
                Alternative.Less => k >= seen,
                Alternative.Greater => k <= seen,
                _ => value <= limit,
            };
            if (counts) { counted += value; }
        }

        double Weight(long at)
        {
            double product = 1;
            for (long k = mode; k < at && product > 0; k++)
            {
                product *= (double)(successes - k) * (drawn - k) / ((double)(k + 1) * (failures - drawn + k + 1));
            }
            for (long k = mode; k > at && product > 0; k--)
            {
                product *= (double)k * (failures - drawn + k) / ((double)(successes - k + 1) * (drawn - k + 1));
            }
            return product;
        }
    }

    private static double Require(long count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        return count;
    }
}
