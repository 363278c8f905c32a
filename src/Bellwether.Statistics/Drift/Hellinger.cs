namespace Bellwether.Statistics.Drift;

/// <summary>Hellinger distance √(½ Σ(√p − √q)²) between two histograms over the same bins.</summary>
/// <remarks>
/// Computed from the differences of roots, not as √(1 − Σ√(pq)), whose subtraction loses half the digits when little has changed.
/// Source: E. Hellinger, J. reine angew. Math. 136, 1909; A. Bhattacharyya, Bull. Calcutta Math. Soc. 35, 1943 (the coefficient).
/// </remarks>
public static class Hellinger
{
    /// <param name="reference">k ≥ 1 bin weights, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="current">k bin weights under the same conditions, in the same bin order.</param>
    /// <returns>A distance in [0, 1]: 0 when equal, 1 when no bin is shared. A metric. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, now) = Weights.Masses(reference, current);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = Math.Sqrt(reference[i] / total) - Math.Sqrt(current[i] / now);
            sum += difference * difference;
        }
        return Math.Min(Math.Sqrt(sum / 2), 1);
    }

    /// <summary>Bhattacharyya's coefficient Σ√(pq), the overlap: 1 less the squared distance. Its −ln is the Bhattacharyya distance.</summary>
    /// <inheritdoc cref="Distance(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    /// <returns>In [0, 1]: 1 when equal, 0 when no bin is shared. O(k).</returns>
    public static double Coefficient(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, now) = Weights.Masses(reference, current);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++) { sum += Math.Sqrt(reference[i] / total * (current[i] / now)); }
        return Math.Min(sum, 1);
    }
}
