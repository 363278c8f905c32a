using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Summaries;

/// <summary>Classical drift scores between a reference and a window, from their counts in the same bins. For people; alerts rest on the detector.</summary>
/// <remarks>Scores of a schema and a summary are null when either has no values: cannot tell. Scores of bins refuse that.</remarks>
public static class BinnedDrift
{
    /// <summary>Population stability index Σ(q − p)·ln(q/p).</summary>
    /// <param name="reference">k ≥ 1 counts, not all zero.</param>
    /// <param name="current">k counts, not all zero.</param>
    /// <returns>A number ≥ 0; by custom .1 is some and .25 much. A share below 10⁻⁴, an empty bin too, counts as 10⁻⁴; nothing is renormalised. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative or a histogram is empty.</exception>
    public static double PopulationStabilityIndex(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) =>
        PopulationStability.Index(reference, current, EmptyBins.RaiseToFloor);

    /// <summary>Population stability index over the reference's ten deciles (numeric), or over categories, <c>other</c> and <c>unseen</c>.</summary>
    /// <remarks>Deciles, as is the custom: over all 64 bins the same two samples would give a several times larger index from noise alone.</remarks>
    public static double? PopulationStabilityIndex(ColumnSchema schema, ColumnSummary current)
    {
        if (!HasBoth(schema, current)) { return null; }
        return schema.Kind == ColumnKind.Categorical
            ? PopulationStabilityIndex(schema.ReferenceBins.AsSpan(), current.Bins)
            : PopulationStabilityIndex(ByDecile(schema, schema.ReferenceBins.AsSpan()), ByDecile(schema, current.Bins));
    }

    /// <summary>Kolmogorov–Smirnov distance max|F − G| at the edges of ordered bins.</summary>
    /// <returns>In [0, 1]. Below the distance of the raw values by at most the largest share in one bin. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative or a histogram is empty.</exception>
    public static double KolmogorovSmirnov(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (total, now) = Weights.Masses(reference, current);
        double distance = 0;
        long below = 0, belowNow = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            below += reference[i];
            belowNow += current[i];
            distance = Math.Max(distance, Math.Abs(below / total - belowNow / now));
        }
        return distance;
    }

    /// <inheritdoc cref="KolmogorovSmirnov(ReadOnlySpan{long}, ReadOnlySpan{long})"/>
    /// <exception cref="ArgumentException">The column is not numeric.</exception>
    public static double? KolmogorovSmirnov(ColumnSchema schema, ColumnSummary current)
    {
        RequireNumeric(schema);
        return HasBoth(schema, current) ? KolmogorovSmirnov(schema.ReferenceBins.AsSpan(), current.Bins) : null;
    }

    /// <summary>Jensen–Shannon distance, base 2, root taken.</summary>
    /// <returns>In [0, 1]: 0 when the shares are equal, 1 when no bin is shared. A metric; an empty bin needs no convention. O(k).</returns>
    /// <remarks>Source: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Inf. Theory 37(1), 1991.</remarks>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative or a histogram is empty.</exception>
    public static double JensenShannonDistance(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) =>
        JensenShannon.Distance(reference, current, LogarithmBase.Bits);

    /// <summary>Jensen–Shannon distance over all bins of a column.</summary>
    public static double? JensenShannonDistance(ColumnSchema schema, ColumnSummary current) =>
        HasBoth(schema, current) ? JensenShannonDistance(schema.ReferenceBins.AsSpan(), current.Bins) : null;

    /// <summary>Wasserstein-1 distance ∫|F − G| in standard deviations of the reference.</summary>
    /// <param name="schema">A numeric column.</param>
    /// <param name="current">Its window.</param>
    /// <returns>
    /// A number ≥ 0, or null: no values, an infinite value, or a reference without spread. From counts and Σx per bin the integral of F − G
    /// over every bin is known to σ/2000; so the result is exact where F and G do not cross within a bin, and otherwise short by at most
    /// width × the larger share of each bin in which they cross. A value beyond 2^43 units counts as that far from its bin's edge.
    /// </returns>
    /// <exception cref="ArgumentException">The column is not numeric.</exception>
    public static double? WassersteinInSigmas(ColumnSchema schema, ColumnSummary current)
    {
        RequireNumeric(schema);
        double low = Math.Min(schema.Minimum, current.Minimum), high = Math.Max(schema.Maximum, current.Maximum);
        if (!HasBoth(schema, current) || !(schema.Sigma > 0) || !double.IsFinite(low) || !double.IsFinite(high)) { return null; }
        double total = Sum(schema.ReferenceBins.AsSpan()), now = Sum(current.Bins), unit = Math.ScaleB(1, schema.UnitExponent + NumericScale.OffsetShift);
        double distance = 0;
        long below = 0, belowNow = 0;
        for (int bin = 0; bin < schema.BinCount; bin++)
        {
            double left = bin == 0 ? low : schema.Edges[bin - 1], right = bin == schema.Edges.Length ? high : schema.Edges[bin];
            double reach = right - schema.Anchor(bin);
            double area = (below * (right - left) + schema.ReferenceBins[bin] * reach - schema.ReferenceOffsets[bin] * unit) / total;
            double areaNow = (belowNow * (right - left) + current.Bins[bin] * reach - current.Offsets[bin] * unit) / now;
            distance += Math.Abs(area - areaNow);
            below += schema.ReferenceBins[bin];
            belowNow += current.Bins[bin];
        }
        return distance / schema.Sigma;
    }

    private static long[] ByDecile(ColumnSchema schema, ReadOnlySpan<long> bins)
    {
        long[] deciles = new long[schema.Deciles.Length + 1];
        for (int bin = 0, decile = 0; bin < bins.Length; bin++)
        {
            deciles[decile] += bins[bin];
            if (decile < schema.Deciles.Length && bin == schema.Deciles[decile]) { decile++; }
        }
        return deciles;
    }

    private static bool HasBoth(ColumnSchema schema, ColumnSummary current)
    {
        if (current.Bins.Length != schema.BinCount)
        {
            throw new ArgumentException($"Expected {schema.BinCount} bins, got {current.Bins.Length}.", nameof(current));
        }
        return current.Valued > 0 && Sum(schema.ReferenceBins.AsSpan()) > 0;
    }

    private static long Sum(ReadOnlySpan<long> bins)
    {
        long sum = 0;
        foreach (long count in bins)
        {
            if (count < 0) { throw new ArgumentException($"Count {count} is negative.", nameof(bins)); }
            sum += count;
        }
        return sum;
    }

    private static void RequireNumeric(ColumnSchema schema)
    {
        if (schema.Kind != ColumnKind.Numeric) { throw new ArgumentException($"Column '{schema.Name}' is not numeric.", nameof(schema)); }
    }
}
