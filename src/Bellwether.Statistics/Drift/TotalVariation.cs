namespace Bellwether.Statistics.Drift;

/// <summary>Total variation ½ Σ|p − q| between two histograms over the same bins: the share of rows that would have to move.</summary>
/// <remarks>One less the intersection of the histograms. Source: D. A. Levin, Y. Peres, "Markov Chains and Mixing Times", 2nd ed., §4.1.</remarks>
public static class TotalVariation
{
    /// <param name="reference">k ≥ 1 bin weights, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="current">k bin weights under the same conditions, in the same bin order.</param>
    /// <returns>A distance in [0, 1]: 0 when equal, 1 when no bin is shared. A metric. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, now) = Weights.Masses(reference, current);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++) { sum += Math.Abs(reference[i] / total - current[i] / now); }
        return Math.Min(sum / 2, 1);
    }
}
