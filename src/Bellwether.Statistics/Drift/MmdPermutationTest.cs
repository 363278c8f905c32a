using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Drift;

/// <summary>Whether two samples of rows differ: the maximum mean discrepancy against those of the rows dealt again at random.</summary>
/// <remarks>
/// Exact at any size for rows that are independent; rows ordered in time seldom are, and then it alarms too often.
/// Source: A. Gretton et al., J. Mach. Learn. Res. 13, 2012, §4; B. Phipson, G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 9(1), 2010 (the +1).
/// </remarks>
public static class MmdPermutationTest
{
    /// <param name="reference">n ≥ 2 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 2 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="sigma">The kernel's bandwidth, above 0, chosen without knowing which row is whose, as <see cref="RbfKernel.MedianBandwidth"/> is.</param>
    /// <param name="permutations">At least 1. The p-value is a multiple of 1/(permutations + 1); near α its error is about √(α(1 − α)/permutations).</param>
    /// <param name="seed">Of the dealing; derive it from what is compared.</param>
    /// <returns>The p-value is never below 1/(permutations + 1). O((n + m)²·(columns + permutations)), 8(n + m)² bytes.</returns>
    /// <exception cref="ArgumentException">An argument is not as described, or both samples have more than <see cref="RbfKernel.MostRows"/> rows.</exception>
    public static MmdResult Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, double sigma, int permutations, ulong seed)
    {
        int n = Rows.Require(reference, columns, 2, nameof(reference)), m = Rows.Require(current, columns, 2, nameof(current));
        int rows = RbfKernel.RequireFew(n + m, nameof(current));
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        double[] kernel = Kernel([.. reference, .. current], rows, columns, RbfKernel.Exponent(sigma));
        double[] rowSums = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            foreach (double value in kernel.AsSpan(i * rows, rows)) { rowSums[i] += value; }
        }
        int[] order = [.. Enumerable.Range(0, rows)];
        double seen = Squared(kernel, rowSums, order, n);
        var chance = new SplitMix64(seed);
        int asLarge = 0;
        for (int i = 0; i < permutations; i++)
        {
            // Only the first part's members matter, so only it is dealt.
            for (int j = 0; j < n; j++)
            {
                int other = j + chance.NextInt(rows - j);
                (order[j], order[other]) = (order[other], order[j]);
            }
            // Sums in another order differ in their last digits, and equal dealings have to count as equal.
            if (Squared(kernel, rowSums, order, n) >= seen - 1e-13) { asLarge++; }
        }
        return new MmdResult(seen, (asLarge + 1.0) / (permutations + 1.0));
    }

    /// <summary>All kernel values but a row's with itself, which are left 0.</summary>
    private static double[] Kernel(double[] pooled, int rows, int columns, double exponent)
    {
        double[] kernel = new double[rows * rows];
        for (int i = 1; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double squares = RbfKernel.SquaredDistance(pooled.AsSpan(i * columns, columns), pooled.AsSpan(j * columns, columns));
                kernel[i * rows + j] = kernel[j * rows + i] = Math.Exp(exponent * squares);
            }
        }
        return kernel;
    }

    /// <summary>From the pairs within the first part alone: the sums over each row give those across, and the rest lies within the second.</summary>
    private static double Squared(double[] kernel, double[] rowSums, int[] order, int first)
    {
        double all = 0, ofFirst = 0, within = 0;
        foreach (double sum in rowSums) { all += sum; }
        for (int i = 0; i < first; i++)
        {
            ofFirst += rowSums[order[i]];
            var row = kernel.AsSpan(order[i] * order.Length, order.Length);
            double sum = 0;
            for (int j = 0; j < i; j++) { sum += row[order[j]]; }
            within += 2 * sum;
        }
        double n = first, m = order.Length - first, across = ofFirst - within, withinSecond = all - within - 2 * across;
        return within / (n * (n - 1)) + withinSecond / (m * (m - 1)) - 2 * across / (n * m);
    }
}
