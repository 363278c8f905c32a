namespace Bellwether.Statistics.Drift;

/// <summary>Largest change of one bin's share, max|p − q|, between two histograms over the same bins.</summary>
/// <remarks>
/// Names the category that moved most, and is blind to many that moved a little each: <see cref="TotalVariation"/> adds those up.
/// The categorical measure of Vertex AI and NannyML.
/// </remarks>
public static class LInfinity
{
    /// <param name="reference">k ≥ 1 bin weights, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="current">k bin weights under the same conditions, in the same bin order.</param>
    /// <returns>A distance in [0, 1]: 0 when equal, 1 when each is all in a bin of its own. A metric. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, now) = Weights.Masses(reference, current);
        double largest = 0;
        for (int i = 0; i < reference.Length; i++) { largest = Math.Max(largest, Math.Abs(reference[i] / total - current[i] / now)); }
        return largest;
    }
}
