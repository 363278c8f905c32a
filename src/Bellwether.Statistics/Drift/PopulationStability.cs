using System.Numerics;

namespace Bellwether.Statistics.Drift;

/// <summary>Population stability index Σ(q − p)·ln(q/p) of two histograms over the same bins.</summary>
/// <remarks>
/// The sum of both Kullback–Leibler divergences, so symmetric. By custom .1 is some change and .25 much, but the figure depends on the bins
/// (<see cref="PsiBins"/>), on the rule for empty ones and on the numbers of rows: of k bins and no change at all it is about
/// (k − 1)(1/m + 1/n). Prefer <see cref="JensenShannon"/>, which is bounded and needs no rule, unless others will compare the figure.
/// Source: E. M. Lewis, "An Introduction to Credit Scoring", 1994; H. Jeffreys, Proc. R. Soc. A 186, 1946 (the divergence).
/// </remarks>
public static class PopulationStability
{
    /// <param name="reference">k ≥ 1 bin weights, counts or proportions: finite, ≥ 0, not all zero.</param>
    /// <param name="current">k bin weights under the same conditions, in the same bin order.</param>
    /// <param name="emptyBins">What an empty bin counts as. A bin empty in both contributes nothing, under each rule that treats both alike.</param>
    /// <returns>A number ≥ 0, 0 when the shares are equal; +∞ only under <see cref="EmptyBins.AsTheyAre"/>. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is not as described.</exception>
    public static double Index(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, EmptyBins emptyBins = EmptyBins.ReplaceZeros) =>
        Sum(reference, current, emptyBins);

    /// <inheritdoc cref="Index(ReadOnlySpan{double}, ReadOnlySpan{double}, EmptyBins)"/>
    internal static double Index(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, EmptyBins emptyBins) =>
        Sum(reference, current, emptyBins);

    private static double Sum<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> current, EmptyBins emptyBins)
        where T : struct, INumber<T>
    {
        var (total, now) = Weights.Masses(reference, current);
        var ps = Shares.Of(reference, total, emptyBins);
        var qs = Shares.Of(current, now, emptyBins);
        double index = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = ps.At(double.CreateChecked(reference[i])), q = qs.At(double.CreateChecked(current[i]));
            if (p != q) { index += (q - p) * Math.Log(q / p); } // Of equal shares the term is 0, also of two empty bins.
        }
        return index;
    }
}
