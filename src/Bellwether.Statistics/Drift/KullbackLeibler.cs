namespace Bellwether.Statistics.Drift;

/// <summary>Kullback–Leibler divergence Σ p·log(p/q) of two histograms over the same bins.</summary>
/// <remarks>
/// Not symmetric: "of p from q" weighs the bins by p. Infinite when q lacks a bin that p fills, which of samples happens by chance; so for
/// monitoring prefer <see cref="JensenShannon"/>. Source: S. Kullback, R. A. Leibler, Ann. Math. Stat. 22(1), 1951.
/// </remarks>
public static class KullbackLeibler
{
    /// <param name="of">k ≥ 1 bin weights p, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="from">k bin weights q under the same conditions, in the same bin order.</param>
    /// <param name="unit">Bits or nats.</param>
    /// <param name="emptyBins">What an empty bin counts as; what it makes of the shares is normalised again, as else the sum could be negative.</param>
    /// <returns>A number ≥ 0: 0 when the shares are equal, +∞ when <paramref name="from"/> lacks a bin of the other. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Divergence(
        ReadOnlySpan<double> of, ReadOnlySpan<double> from, LogarithmBase unit = LogarithmBase.Nats, EmptyBins emptyBins = EmptyBins.AsTheyAre)
    {
        var (mass, other) = Weights.Masses(of, from);
        var ps = Shares.Of(of, mass, emptyBins);
        var qs = Shares.Of(from, other, emptyBins);
        double total = Total(of, ps), otherTotal = Total(from, qs), divergence = 0;
        for (int i = 0; i < of.Length; i++)
        {
            divergence += Entropy.RelativeTerm(ps.At(of[i]) / total, qs.At(from[i]) / otherTotal, unit);
        }
        return Math.Max(divergence, 0); // Rounding can carry the sum an ulp below 0.
    }

    private static double Total(ReadOnlySpan<double> weights, Shares shares)
    {
        double total = 0;
        foreach (double weight in weights) { total += shares.At(weight); }
        return total;
    }
}
