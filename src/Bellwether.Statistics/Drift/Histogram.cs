using System.Globalization;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Statistics.Drift;

/// <summary>Bins of raw values: edges by rule, and counts between edges. Digit for digit as in NumPy, so that figures from other tools can be met.</summary>
/// <remarks>A bin holds its left edge and not its right one, but the last bin holds both.</remarks>
public static class Histogram
{
    /// <summary>More bins than this are refused: a far outlier under <see cref="HistogramRule.Narrower"/> would ask for billions.</summary>
    public const int MostBins = 10_000_000;

    /// <summary>Edges of bins of equal width over a sample's range, their number by a rule.</summary>
    /// <param name="values">n ≥ 1 finite values.</param>
    /// <param name="rule">How many bins.</param>
    /// <returns>k + 1 ascending edges, k ≥ 1. Equal values get one bin of width 1 about them. O(n), O(n log n) for the quartiles.</returns>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the rule asks for more than <see cref="MostBins"/> bins.</exception>
    public static double[] Edges(ReadOnlySpan<double> values, HistogramRule rule)
    {
        var (low, high) = Range(values, nameof(values));
        double width = rule switch
        {
            HistogramRule.Doane => DoaneWidth(values, low, high),
            HistogramRule.Narrower => NarrowerWidth(values, low, high),
            _ => (high - low) / (Math.Log2(values.Length) + 1),
        };
        if (low == high) { return Edges(low - .5, high + .5, 1); }
        double bins = width > 0 ? Math.Ceiling((high - low) / width) : 1;
        if (!(bins <= MostBins))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The rule {rule} asks for {bins} bins, more than {MostBins}."), nameof(values));
        }
        return Edges(low, high, (int)bins);
    }

    /// <summary>Edges of so many bins of equal width.</summary>
    /// <param name="low">The first edge, finite.</param>
    /// <param name="high">The last edge, finite and greater.</param>
    /// <param name="bins">In [1, <see cref="MostBins"/>].</param>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static double[] Edges(double low, double high, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, MostBins);
        if (!double.IsFinite(low)) { throw new ArgumentException($"The edge {low} is not finite.", nameof(low)); }
        if (!double.IsFinite(high - low) || !(high > low)) { throw new ArgumentException($"The edge {high} does not lie a finite way above {low}.", nameof(high)); }
        double[] edges = new double[bins + 1];
        double step = (high - low) / bins;
        for (int i = 0; i < bins; i++)
        {
            double offset = step == 0 ? i / (double)bins * (high - low) : i * step;
            edges[i] = offset + low; // Two roundings as in NumPy; a fused one would move values on an edge to its other side.
        }
        edges[bins] = high;
        return edges;
    }

    /// <summary>Edges of bins of equal width over a sample's range.</summary>
    /// <param name="values">n ≥ 1 finite values; of equal ones the range is widened by a half on each side.</param>
    /// <param name="bins">In [1, <see cref="MostBins"/>].</param>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static double[] Edges(ReadOnlySpan<double> values, int bins)
    {
        var (low, high) = Range(values, nameof(values));
        return low == high ? Edges(low - .5, high + .5, bins) : Edges(low, high, bins);
    }

    /// <summary>Counts values into bins.</summary>
    /// <param name="values">Any number of values, none NaN.</param>
    /// <param name="edges">k + 1 ≥ 2 ascending edges, no NaN.</param>
    /// <param name="counts">k counts, overwritten.</param>
    /// <returns>How many values lie in no bin. O(n log k).</returns>
    /// <exception cref="ArgumentException">A value is NaN, the edges do not ascend, or the lengths do not fit.</exception>
    public static int Count(ReadOnlySpan<double> values, ReadOnlySpan<double> edges, Span<double> counts)
    {
        RequireEdges(edges, counts.Length);
        counts.Clear();
        int outside = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) { throw new ArgumentException("A value is NaN: count missing values apart.", nameof(values)); }
            int bin = Bin(value, edges);
            if (bin < 0) { outside++; }
            else { counts[bin]++; }
        }
        return outside;
    }

    /// <summary>The share of a histogram's mass below a value, taking each bin's mass as spread evenly over it.</summary>
    internal static double ShareBelow(double value, ReadOnlySpan<double> edges, ReadOnlySpan<double> counts)
    {
        double below = 0, all = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            all += counts[i];
            below += counts[i] * Math.Clamp((value - edges[i]) / (edges[i + 1] - edges[i]), 0, 1);
        }
        return below / all;
    }

    private static int Bin(double value, ReadOnlySpan<double> edges)
    {
        if (!(value >= edges[0] && value <= edges[^1])) { return -1; }
        if (value == edges[^1]) { return edges.Length - 2; }
        int low = 0, high = edges.Length - 1; // edges[low] ≤ value < edges[high]
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (value >= edges[middle]) { low = middle; }
            else { high = middle; }
        }
        return low;
    }

    private static double DoaneWidth(ReadOnlySpan<double> values, double low, double high)
    {
        double n = values.Length;
        if (n <= 2) { return 0; }
        var (mean, deviation) = Moments(values);
        if (!(deviation > 0)) { return 0; }
        double cubes = 0;
        foreach (double value in values)
        {
            double scaled = (value - mean) / deviation;
            cubes += scaled * scaled * scaled;
        }
        double skewError = Math.Sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
        return (high - low) / (1 + Math.Log2(n) + Math.Log2(1 + Math.Abs(cubes / n) / skewError));
    }

    private static double NarrowerWidth(ReadOnlySpan<double> values, double low, double high)
    {
        double[] ascending = values.ToArray();
        Array.Sort(ascending);
        double sturges = (high - low) / (Math.Log2(values.Length) + 1);
        double byQuartiles = 2 * (Quantile.Of(ascending, .75) - Quantile.Of(ascending, .25)) * Math.Pow(values.Length, -1.0 / 3);
        return byQuartiles > 0 ? Math.Min(byQuartiles, sturges) : sturges;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values) { sum += value; }
        double mean = sum / values.Length;
        foreach (double value in values) { squares += (value - mean) * (value - mean); }
        return (mean, Math.Sqrt(squares / values.Length));
    }

    internal static (double Low, double High) Range(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty) { throw new ArgumentException("There are no values.", name); }
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) { throw new ArgumentException($"Value {value} is not finite.", name); }
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return (low, high);
    }

    private static void RequireEdges(ReadOnlySpan<double> edges, int bins)
    {
        if (edges.Length < 2) { throw new ArgumentException($"{edges.Length} edges bound no bin.", nameof(edges)); }
        if (bins != edges.Length - 1) { throw new ArgumentException($"Expected {edges.Length - 1} counts, got {bins}.", nameof(edges)); }
        for (int i = 1; i < edges.Length; i++)
        {
            if (!(edges[i] > edges[i - 1])) { throw new ArgumentException($"Edge {edges[i]} does not ascend from {edges[i - 1]}.", nameof(edges)); }
        }
    }
}
