using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Drift;

/// <summary>Maximum mean discrepancy from pairs of neighbouring rows, each used once: for any number of rows, and much weaker than all pairs.</summary>
/// <remarks>Rows have to come in random order. Source: A. Gretton et al., J. Mach. Learn. Res. 13, 2012, §6 (Lemma 14, Corollary 16).</remarks>
public static class LinearTimeMmd
{
    /// <param name="reference">n ≥ 0 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 0 rows; rows beyond the smaller number of both are not used.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="sigma">The kernel's bandwidth, above 0, in units of the data.</param>
    /// <returns>
    /// The estimate, and the p-value of a normal limit (one-sided: a difference makes it large). NaN, cannot tell, with fewer than two pairs
    /// of either sample; a p-value of NaN where all pairs agree. O(n + m), no memory.
    /// </returns>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static MmdResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, double sigma)
    {
        int rows = Math.Min(Rows.Require(reference, columns, 0, nameof(reference)), Rows.Require(current, columns, 0, nameof(current)));
        double exponent = RbfKernel.Exponent(sigma);
        int pairs = rows / 2;
        if (pairs < 2) { return new MmdResult(double.NaN, double.NaN); }
        double mean = 0, squares = 0;
        for (int i = 0; i < pairs; i++)
        {
            int first = 2 * i * columns, second = first + columns;
            var x = reference.Slice(first, columns);
            var other = reference.Slice(second, columns);
            var y = current.Slice(first, columns);
            var otherY = current.Slice(second, columns);
            double value = Kernel(x, other) + Kernel(y, otherY) - Kernel(x, otherY) - Kernel(other, y);
            double before = value - mean;
            mean += before / (i + 1);
            squares += before * (value - mean);
        }
        double error = Math.Sqrt(squares / (pairs - 1) / pairs);
        return new MmdResult(mean, error > 0 ? Normal.Survival(mean / error) : double.NaN);

        double Kernel(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Exp(exponent * RbfKernel.SquaredDistance(a, b));
    }
}
