using System.Numerics;

namespace Bellwether.Statistics.Drift;

/// <summary>Jensen–Shannon distance between two histograms over the same bins: the root of the divergence.</summary>
/// <remarks>
/// Needs no rule for empty bins: one contributes a finite term, where the population stability index would not.
/// For ordered values without natural bins prefer the Wasserstein distance, which sees how far mass moved.
/// Source: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Inf. Theory 37(1), 1991;
/// D. M. Endres, J. E. Schindelin, IEEE Trans. Inf. Theory 49(7), 2003 (that its root is a metric).
/// </remarks>
public static class JensenShannon
{
    /// <param name="reference">k ≥ 1 bin weights, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="current">k bin weights under the same conditions, in the same bin order.</param>
    /// <param name="unit">The base of the logarithm: 2 here, in NannyML and Vertex; e in SciPy and Evidently, where figures are smaller by √ln 2.</param>
    /// <returns>A distance in [0, 1] (base 2) or [0, √ln 2] (base e): 0 when equal, the most when no bin is shared. A metric. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, LogarithmBase unit = LogarithmBase.Bits) =>
        Math.Sqrt(Sum(reference, current, unit));

    /// <inheritdoc cref="Distance(ReadOnlySpan{double}, ReadOnlySpan{double}, LogarithmBase)"/>
    internal static double Distance(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, LogarithmBase unit) =>
        Math.Sqrt(Sum(reference, current, unit));

    /// <summary>The divergence itself: the mean of both Kullback–Leibler divergences from the middle. The square of the distance.</summary>
    /// <inheritdoc cref="Distance(ReadOnlySpan{double}, ReadOnlySpan{double}, LogarithmBase)"/>
    /// <returns>In [0, 1] (base 2) or [0, ln 2] (base e). O(k).</returns>
    public static double Divergence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, LogarithmBase unit = LogarithmBase.Bits) =>
        Sum(reference, current, unit);

    private static double Sum<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> current, LogarithmBase unit)
        where T : struct, INumber<T>
    {
        var (total, now) = Weights.Masses(reference, current);
        double divergence = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = double.CreateChecked(reference[i]) / total, q = double.CreateChecked(current[i]) / now, middle = (p + q) / 2;
            divergence += (Entropy.RelativeTerm(p, middle, unit) + Entropy.RelativeTerm(q, middle, unit)) / 2;
        }
        // Rounding can carry the sum an ulp outside its range, and a root of −1e-17 would be NaN.
        return Math.Clamp(divergence, 0, unit == LogarithmBase.Bits ? 1 : Math.Log(2));
    }
}
