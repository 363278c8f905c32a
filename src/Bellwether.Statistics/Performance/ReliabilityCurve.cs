namespace Bellwether.Statistics.Performance;

/// <summary>Share of positive outcomes against predicted probability, bin by bin, and the calibration errors that follow from it.</summary>
/// <remarks>
/// The errors grow with the number of bins and shrink with that of rows even for perfect probabilities: compare only at the same binning.
/// Bins of equal mass say more of probabilities that crowd together. Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015.
/// </remarks>
/// <param name="Bins">From low to high probability, empty ones included.</param>
/// <param name="Rows">Rows seen.</param>
/// <param name="Weight">Sum of their weights.</param>
/// <param name="Unscored">Rows whose probability is NaN: in no bin of given edges, in the last bins of equal mass. Look at it before the errors.</param>
public sealed record ReliabilityCurve(IReadOnlyList<ReliabilityBin> Bins, long Rows, double Weight, long Unscored)
{
    /// <summary>Mean gap over rows (ECE), in [0, 1]. Rows in no bin add nothing; rows of a bin whose mean is NaN make it NaN; of no row it is 0.</summary>
    public double ExpectedError => Total(static bin => bin.Gap);

    /// <summary>Greatest gap of a bin that has one (MCE), in [0, 1]; 0 when no bin has rows, NaN when none of those with rows has a gap.</summary>
    public double MaximumError
    {
        get
        {
            var used = Bins.Where(bin => bin.Count > 0).ToArray();
            return used.Length == 0 ? 0 : used.Select(bin => bin.Gap).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        }
    }

    /// <summary>Root of the mean squared gap over rows, in [0, 1].</summary>
    public double RootMeanSquareError => Math.Sqrt(Total(static bin => bin.Gap * bin.Gap));

    /// <summary>k bins of equal width: of a probability p the bin ⌊p·k⌋, of 1 the last.</summary>
    /// <param name="probabilities">n probabilities in [0, 1], or NaN for a row without.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="bins">k ≥ 1.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1], k is below 1, or the weights are not as described.</exception>
    public static ReliabilityCurve EqualWidth(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, int bins, ReadOnlySpan<double> weights = default)
    {
        int[] places = Places(probabilities, actual, bins);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = double.IsNaN(probabilities[i]) ? -1 : Math.Min((int)(probabilities[i] * bins), bins - 1);
        }
        return Fill(probabilities, actual, weights, places, bins);
    }

    /// <summary>k bins of as nearly equal numbers of rows as can be, the larger first; equal probabilities may part, in the order given.</summary>
    /// <param name="probabilities">n probabilities in [0, 1], or NaN for a row without, which sorts last.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="bins">k ≥ 1.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each; they do not move the bins.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1], k is below 1, or the weights are not as described.</exception>
    public static ReliabilityCurve EqualMass(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, int bins, ReadOnlySpan<double> weights = default)
    {
        int[] places = Places(probabilities, actual, bins), order = new int[probabilities.Length];
        double[] keys = probabilities.ToArray();
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            if (double.IsNaN(keys[i])) { keys[i] = double.PositiveInfinity; }
        }
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        int size = order.Length / bins, larger = order.Length % bins;
        for (int at = 0; at < order.Length; at++)
        {
            places[order[at]] = at < larger * (size + 1) ? at / (size + 1) : larger + (at - larger * (size + 1)) / size;
        }
        return Fill(probabilities, actual, weights, places, bins);
    }

    /// <summary>Bins between edges, each with its upper edge and without its lower; what lies beyond the ends joins the outermost bins.</summary>
    /// <remarks>With <see cref="EvenEdges"/> or <see cref="QuantileEdges"/> these are the bins of scikit-learn's calibration curve.</remarks>
    /// <param name="probabilities">n probabilities in [0, 1], or NaN for a row without.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="edges">k + 1 ≥ 2 edges, ascending; equal ones leave a bin empty.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1], or the edges or weights are not as described.</exception>
    public static ReliabilityCurve BetweenEdges(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> edges, ReadOnlySpan<double> weights = default)
    {
        for (int i = 1; i < edges.Length; i++)
        {
            if (!(edges[i] >= edges[i - 1])) { throw new ArgumentException($"Edge {edges[i]} at {i} is not at least the one before.", nameof(edges)); }
        }
        int[] places = Places(probabilities, actual, edges.Length - 1);
        double[] inner = edges.Length > 2 ? edges[1..^1].ToArray() : [];
        for (int i = 0; i < places.Length; i++)
        {
            int below = 0, above = inner.Length; // The number of inner edges below the probability.
            while (below < above)
            {
                int middle = (below + above) / 2;
                if (inner[middle] < probabilities[i]) { below = middle + 1; } else { above = middle; }
            }
            places[i] = double.IsNaN(probabilities[i]) ? -1 : below;
        }
        return Fill(probabilities, actual, weights, places, edges.Length - 1);
    }

    /// <summary>The edges i/k, i = 0 … k.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static double[] EvenEdges(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double step = 1.0 / bins;
        double[] edges = new double[bins + 1];
        for (int i = 0; i < bins; i++) { edges[i] = i * step; }
        edges[bins] = 1;
        return edges;
    }

    /// <summary>The quantiles i/k, i = 0 … k, of values, linear between order statistics.</summary>
    /// <param name="values">n ≥ 1 numbers, none NaN.</param>
    /// <param name="bins">k ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no value, one is NaN, or k is below 1.</exception>
    public static double[] QuantileEdges(ReadOnlySpan<double> values, int bins)
    {
        if (values.IsEmpty) { throw new ArgumentException("There is no value.", nameof(values)); }
        if (values.ContainsAny([double.NaN])) { throw new ArgumentException("A value is NaN.", nameof(values)); }
        double[] sorted = values.ToArray(), edges = EvenEdges(bins);
        Array.Sort(sorted);
        foreach (ref double edge in edges.AsSpan())
        {
            double place = edge * (sorted.Length - 1);
            int below = (int)place;
            double part = place - below, low = sorted[below], high = sorted[Math.Min(below + 1, sorted.Length - 1)];
            // From the nearer end, so that the last quantile is the maximum to the last digit.
            edge = part < .5 ? low + (high - low) * part : high - (high - low) * (1 - part);
        }
        return edges;
    }

    private double Total(Func<ReliabilityBin, double> of)
    {
        double total = 0;
        foreach (var bin in Bins)
        {
            if (bin.Count > 0) { total += bin.Weight / Weight * of(bin); }
        }
        return total;
    }

    private static int[] Places(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, int bins)
    {
        if (probabilities.Length != actual.Length) { throw new ArgumentException($"Expected {probabilities.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        if (bins < 1) { throw new ArgumentException($"{bins} bins are fewer than 1.", nameof(bins)); }
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] is < 0 or > 1) { throw new ArgumentException($"Probability {probabilities[i]} at {i} is not in [0, 1].", nameof(probabilities)); }
        }
        return new int[probabilities.Length];
    }

    private static ReliabilityCurve Fill(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights, int[] places, int bins)
    {
        var weight = SampleWeights.Of(weights, probabilities.Length);
        long[] counts = new long[bins];
        double[] sums = new double[bins], predicted = new double[bins], positive = new double[bins];
        long unscored = 0;
        for (int i = 0; i < places.Length; i++)
        {
            unscored += double.IsNaN(probabilities[i]) ? 1 : 0;
            if (places[i] < 0) { continue; }
            counts[places[i]]++;
            sums[places[i]] += weight[i];
            predicted[places[i]] += weight[i] * probabilities[i];
            positive[places[i]] += actual[i] ? weight[i] : 0;
        }
        var curve = new ReliabilityBin[bins];
        for (int b = 0; b < bins; b++)
        {
            curve[b] = new ReliabilityBin(counts[b], sums[b], predicted[b] / sums[b], positive[b] / sums[b]);
        }
        return new ReliabilityCurve(curve, probabilities.Length, weight.Sum, unscored);
    }
}
