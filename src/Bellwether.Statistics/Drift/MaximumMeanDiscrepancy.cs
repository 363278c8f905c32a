namespace Bellwether.Statistics.Drift;

/// <summary>Squared maximum mean discrepancy of two samples of rows under the Gaussian kernel.</summary>
/// <remarks>
/// Sees any difference between two distributions, also of many columns, if there are rows enough; its power falls with the number of columns,
/// and the figure has no unit: read it beside a p-value (<see cref="MmdPermutationTest"/>). Columns of unlike units have to be scaled first.
/// For more than some thousand rows use <see cref="LinearTimeMmd"/>. Source: A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schölkopf, A. Smola,
/// "A kernel two-sample test", J. Mach. Learn. Res. 13, 2012.
/// </remarks>
public static class MaximumMeanDiscrepancy
{
    /// <summary>The unbiased estimate, a U-statistic: 0 on average without a difference.</summary>
    /// <param name="reference">n ≥ 2 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 2 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="sigma">The kernel's bandwidth, above 0, in units of the data.</param>
    /// <returns>At most 2, and slightly negative as often as not without a difference. O((n + m)²·columns), no memory.</returns>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static double Unbiased(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, double sigma)
    {
        double n = Rows.Require(reference, columns, 2, nameof(reference)), m = Rows.Require(current, columns, 2, nameof(current));
        double exponent = RbfKernel.Exponent(sigma);
        return 2 * PairSum(reference, columns, exponent) / (n * (n - 1)) + 2 * PairSum(current, columns, exponent) / (m * (m - 1))
            - 2 * CrossSum(reference, current, columns, exponent) / (n * m);
    }

    /// <summary>The biased estimate, a V-statistic: never negative, and about (1/n + 1/m)·(1 − mean kernel) without a difference.</summary>
    /// <param name="reference">n ≥ 1 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 1 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="sigma">The kernel's bandwidth, above 0, in units of the data.</param>
    /// <returns>In [0, 2]. O((n + m)²·columns), no memory.</returns>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static double Biased(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, double sigma)
    {
        double n = Rows.Require(reference, columns, 1, nameof(reference)), m = Rows.Require(current, columns, 1, nameof(current));
        double exponent = RbfKernel.Exponent(sigma);
        double squared = (n + 2 * PairSum(reference, columns, exponent)) / (n * n) + (m + 2 * PairSum(current, columns, exponent)) / (m * m)
            - 2 * CrossSum(reference, current, columns, exponent) / (n * m);
        return Math.Max(squared, 0); // Rounding can carry equal samples an ulp below 0.
    }

    private static double PairSum(ReadOnlySpan<double> rows, int columns, double exponent)
    {
        double sum = 0;
        for (int i = columns; i < rows.Length; i += columns) { sum += RowSum(rows.Slice(i, columns), rows[..i], exponent); }
        return sum;
    }

    private static double CrossSum(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, double exponent)
    {
        double sum = 0;
        for (int i = 0; i < reference.Length; i += columns) { sum += RowSum(reference.Slice(i, columns), current, exponent); }
        return sum;
    }

    /// <summary>Sums a row at a time, so that rounding grows with the root of the pairs' number rather than with it.</summary>
    private static double RowSum(ReadOnlySpan<double> row, ReadOnlySpan<double> others, double exponent)
    {
        double sum = 0;
        for (int j = 0; j < others.Length; j += row.Length)
        {
            sum += Math.Exp(exponent * RbfKernel.SquaredDistance(row, others.Slice(j, row.Length)));
        }
        return sum;
    }
}
