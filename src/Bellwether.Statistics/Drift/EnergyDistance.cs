using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Energy distance √(2E|X − Y| − E|X − X′| − E|Y − Y′|) of two samples, which in one dimension is √(2∫(F − G)²).</summary>
/// <remarks>
/// A size of change as the Wasserstein distance is, in the square root of the values' units, and less moved by outliers. The integral is
/// what is computed: the expectations as they stand would take every pair of values.
/// Source: G. J. Székely and M. L. Rizzo, J. Stat. Plan. Inference 143, 2013.
/// </remarks>
public static class EnergyDistance
{
    /// <summary>The distance of two samples. O(N log N).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <returns>A metric between empirical distributions, ≥ 0; 0 only when they are equal. Ignores a common shift. scipy's <c>energy_distance</c>.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        using var first = SortedSample.Of(reference);
        using var second = SortedSample.Of(current);
        ReadOnlySpan<double> x = first.Values, y = second.Values;
        long n = x.Length, m = y.Length, gap = 0;
        double all = (double)n * m, sum = 0, before = Math.Min(x[0], y[0]);
        int i = 0, j = 0;
        while (i < n || j < m)
        {
            bool takeFirst = j == m || (i < n && x[i] <= y[j]);
            double value = takeFirst ? x[i] : y[j], share = gap / all;
            sum += share * share * (value - before);
            before = value;
            gap += takeFirst ? m : -n;
            if (takeFirst) { i++; }
            else { j++; }
        }
        return Math.Sqrt(2 * sum);
    }
}
