using System.Globalization;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Wasserstein-1 distance (earth mover's distance): how far, on average, values must move to turn one sample into the other.</summary>
/// <remarks>
/// ∫|F − G|, in the units of the values: it says how large a change is, not whether it could be chance. Sees how far mass moved, where
/// Jensen–Shannon and the stability index see only that it did; one far outlier can dominate it.
/// Source: L. N. Wasserstein, 1969; S. S. Vallender, Theory Probab. Appl. 18, 1974.
/// </remarks>
public static class Wasserstein
{
    /// <summary>The distance of two samples. O(N log N).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <returns>A metric between empirical distributions, ≥ 0; 0 only when they are equal. It scales with the values and ignores a common shift.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        return x.Values.Length == y.Values.Length ? Paired(x.Values, y.Values) : Between(x.Values, y.Values);
    }

    /// <summary>The distance in standard deviations of the reference: a number that compares across columns. O(N log N).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="smallestDeviation">Stands in for a smaller (population) standard deviation, so that a constant reference gives a number; above 0.</param>
    /// <returns>≥ 0; by custom .1 is a change worth a look. Evidently's <c>wasserstein</c> drift score.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity, or <paramref name="smallestDeviation"/> is not above 0.</exception>
    public static double NormedDistance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double smallestDeviation = .001)
    {
        if (!(smallestDeviation > 0 && double.IsFinite(smallestDeviation)))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a number above 0, got {smallestDeviation}."), nameof(smallestDeviation));
        }
        var moments = SampleMoments.Of(reference);
        double variance = moments.Count == 1 ? 0 : moments.Variance * (moments.Count - 1) / moments.Count;
        return Distance(reference, current) / Math.Max(Math.Sqrt(variance), smallestDeviation);
    }

    /// <summary>Of samples of one size, the distance is the mean distance of the values of equal rank.</summary>
    private static double Paired(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) { sum += Math.Abs(x[i] - y[i]); }
        return sum / x.Length;
    }

    private static double Between(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        long n = x.Length, m = y.Length, gap = 0;
        double sum = 0, before = Math.Min(x[0], y[0]);
        int i = 0, j = 0;
        while (i < n || j < m)
        {
            bool takeFirst = j == m || (i < n && x[i] <= y[j]);
            double value = takeFirst ? x[i] : y[j];
            sum += Math.Abs(gap) * (value - before);
            before = value;
            gap += takeFirst ? m : -n;
            if (takeFirst) { i++; }
            else { j++; }
        }
        return sum / ((double)n * m);
    }
}
