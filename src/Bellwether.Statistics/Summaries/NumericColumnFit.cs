using System.Collections.Immutable;

namespace Bellwether.Statistics.Summaries;

/// <summary>Edges and scale of a numeric column: the watched cuts, far tails, ends, then whatever refines the picture.</summary>
internal static class NumericColumnFit
{
    private static ReadOnlySpan<double> CutShares => [.01, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99];
    private static ReadOnlySpan<double> TailShares => [.0001, .001, .999, .9999];

    public static ColumnSchema Fit(string name, ReadOnlySpan<double> values)
    {
        double[] sorted = new double[values.Length];
        int length = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value)) { sorted[length++] = value + 0.0; } // −0 + 0 is 0.
        }
        double nullShare = values.IsEmpty ? 0 : (values.Length - length) / (double)values.Length;
        Array.Resize(ref sorted, length);
        Array.Sort(sorted);
        if (length == 0)
        {
            return new ColumnSchema(name, ColumnKind.Numeric, [], [], othersComplete: true)
            {
                UnitExponent = NumericScale.Exponent(0, 0),
                ReferenceBins = [0],
                ReferenceOffsets = [0],
                NullShare = nullShare,
            };
        }

        var (mean, sigma, largest) = Moments(sorted);
        var cuts = new SortedSet<double>();
        foreach (double p in CutShares) { cuts.Add(Quantile.Of(sorted, p)); }
        double[] edges = Edges(sorted, cuts);
        var deciles = new SortedSet<int>();
        for (int tenth = 1; tenth < 10; tenth++) { deciles.Add(Array.BinarySearch(edges, Quantile.Of(sorted, CutShares[tenth + 1]))); }

        var schema = new ColumnSchema(name, ColumnKind.Numeric, [], [], othersComplete: true)
        {
            Edges = [.. edges],
            Cuts = [.. cuts.Select(cut => Array.BinarySearch(edges, cut))],
            Deciles = [.. deciles],
            UnitExponent = NumericScale.Exponent(sigma, largest),
            Mean = mean,
            Sigma = sigma,
            Minimum = sorted[0],
            Maximum = sorted[^1],
            NullShare = nullShare,
        };
        return Counted(schema, sorted);
    }

    private static ColumnSchema Counted(ColumnSchema schema, double[] sorted)
    {
        long[] bins = new long[schema.BinCount], offsets = new long[schema.BinCount];
        foreach (double value in sorted)
        {
            int bin = schema.BinOf(value);
            bins[bin]++;
            offsets[bin] += NumericScale.Offset(value, schema.Anchor(bin), schema.UnitExponent);
        }
        return new ColumnSchema(schema.Name, ColumnKind.Numeric, [], [], othersComplete: true)
        {
            Edges = schema.Edges,
            Cuts = schema.Cuts,
            Deciles = schema.Deciles,
            UnitExponent = schema.UnitExponent,
            Mean = schema.Mean,
            Sigma = schema.Sigma,
            Minimum = schema.Minimum,
            Maximum = schema.Maximum,
            NullShare = schema.NullShare,
            ReferenceBins = [.. bins],
            ReferenceOffsets = [.. offsets],
        };
    }

    private static double[] Edges(double[] sorted, SortedSet<double> cuts)
    {
        var edges = new SortedSet<double>(cuts) { sorted[0], sorted[^1] };
        foreach (double p in TailShares) { edges.Add(Quantile.Of(sorted, p)); }

        // A column of few values gets each of them as an edge, so that its bins are its values.
        var distinct = new SortedSet<double>();
        for (int i = 0; i < sorted.Length && distinct.Count <= ColumnSchema.MostEdges; i++) { distinct.Add(sorted[i]); }
        distinct.UnionWith(edges);
        if (distinct.Count <= ColumnSchema.MostEdges) { return [.. distinct]; }

        // Midpoints of equal parts: they seldom fall on the round shares of the cuts.
        int free = ColumnSchema.MostEdges - edges.Count;
        for (int i = 1; i <= free; i++) { edges.Add(Quantile.Of(sorted, (i - .5) / free)); }
        return [.. edges];
    }

    /// <summary>Mean, standard deviation and largest magnitude of the finite values, in ascending order; scaled so that nothing overflows.</summary>
    private static (double Mean, double Sigma, double Largest) Moments(double[] sorted)
    {
        double largest = 0;
        int finite = 0;
        foreach (double value in sorted)
        {
            if (!double.IsFinite(value)) { continue; }
            largest = Math.Max(largest, Math.Abs(value));
            finite++;
        }
        if (largest == 0) { return (0, 0, 0); }
        int exponent = Math.ILogB(largest);
        double sum = 0, squares = 0;
        foreach (double value in sorted)
        {
            if (double.IsFinite(value)) { sum += Math.ScaleB(value, -exponent); }
        }
        double mean = sum / finite;
        foreach (double value in sorted)
        {
            if (!double.IsFinite(value)) { continue; }
            double distance = Math.ScaleB(value, -exponent) - mean;
            squares += distance * distance;
        }
        // Equal values leave a rounding error of the mean; it must not pass for spread.
        bool constant = sorted[0] == sorted[^1] || finite < 2;
        double sigma = constant ? 0 : Math.Sqrt(squares / (finite - 1));
        return (constant ? sorted.First(double.IsFinite) : Math.ScaleB(mean, exponent), Math.ScaleB(sigma, exponent), largest);
    }
}
