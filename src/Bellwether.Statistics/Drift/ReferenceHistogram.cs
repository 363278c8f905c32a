namespace Bellwether.Statistics.Drift;

/// <summary>A reference sample frozen as a histogram, which windows are compared with; what lies outside its range is one more bin, empty in the reference.</summary>
/// <remarks>The bins stay the reference's, so that figures of two windows can be compared. NannyML's conventions under Doane's rule.</remarks>
public sealed class ReferenceHistogram
{
    private readonly double[] _edges;
    private readonly double[] _counts;

    private ReferenceHistogram(double[] edges, double[] counts)
    {
        _edges = edges;
        _counts = counts;
    }

    /// <summary>The k + 1 ascending edges of the bins.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <param name="reference">n ≥ 1 finite values; missing ones are left out before.</param>
    /// <param name="rule">How many bins.</param>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the rule asks for too many bins.</exception>
    public static ReferenceHistogram Fit(ReadOnlySpan<double> reference, HistogramRule rule = HistogramRule.Doane)
    {
        double[] edges = Histogram.Edges(reference, rule);
        double[] counts = new double[edges.Length]; // One more than bins: the last is what lies outside.
        Histogram.Count(reference, edges, counts.AsSpan(0, edges.Length - 1));
        return new ReferenceHistogram(edges, counts);
    }

    /// <summary>The Jensen–Shannon distance of a window, base 2.</summary>
    /// <param name="current">Any number of values, none NaN.</param>
    /// <returns>In [0, 1]; NaN, cannot tell, of no values. O(m log k).</returns>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public double JensenShannonDistance(ReadOnlySpan<double> current) => current.IsEmpty ? double.NaN : JensenShannon.Distance(_counts, Count(current));

    /// <summary>The Hellinger distance of a window.</summary>
    /// <inheritdoc cref="JensenShannonDistance"/>
    public double HellingerDistance(ReadOnlySpan<double> current) => current.IsEmpty ? double.NaN : Hellinger.Distance(_counts, Count(current));

    private double[] Count(ReadOnlySpan<double> current)
    {
        double[] counts = new double[_counts.Length];
        counts[^1] = Histogram.Count(current, _edges, counts.AsSpan(0, counts.Length - 1));
        return counts;
    }
}
