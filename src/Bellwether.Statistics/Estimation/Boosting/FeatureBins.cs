namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>Where each feature's values are cut into bins, as LightGBM cuts them; a value that is not a number has bin 0 to itself.</summary>
internal sealed class FeatureBins
{
    private const int RowsInBin = 3;
    private readonly double[][] _cuts;

    private FeatureBins(double[][] cuts) => _cuts = cuts;

    public int Features => _cuts.Length;

    /// <summary>Bins of a feature, that of no number included.</summary>
    public int Count(int feature) => _cuts[feature].Length + 2;

    /// <summary>Cuts midway between distinct values, at every one when they are few and else so that bins hold about as many rows each.</summary>
    /// <param name="rows">n·d values, row after row.</param>
    /// <param name="features">d.</param>
    /// <param name="most">Most bins a feature, not counting that of no number.</param>
    public static FeatureBins Of(ReadOnlySpan<double> rows, int features, int most)
    {
        double[][] cuts = new double[features][];
        int n = rows.Length / features;
        double[] column = new double[n];
        for (int k = 0; k < features; k++)
        {
            int known = 0;
            for (int i = 0; i < n; i++)
            {
                if (!double.IsNaN(rows[i * features + k])) { column[known++] = rows[i * features + k]; }
            }
            cuts[k] = Cuts(column.AsSpan(0, known), most);
        }
        return new FeatureBins(cuts);
    }

    /// <summary>The bins of all values, feature after feature.</summary>
    public byte[] Codes(ReadOnlySpan<double> rows)
    {
        int n = rows.Length / Features;
        byte[] codes = new byte[rows.Length];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < Features; k++) { codes[k * n + i] = Code(k, rows[i * Features + k]); }
        }
        return codes;
    }

    /// <summary>0 of no number, else 1 and the number of cuts below the value.</summary>
    public byte Code(int feature, double value)
    {
        if (double.IsNaN(value)) { return 0; }
        double[] cuts = _cuts[feature];
        int low = 0, high = cuts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (cuts[middle] < value) { low = middle + 1; } else { high = middle; }
        }
        return (byte)(low + 1);
    }

    /// <summary>Negative values, zero and positive values apart, zero in a bin of its own.</summary>
    private static double[] Cuts(Span<double> values, int most)
    {
        const double Zero = 1e-35; // What lies nearer to 0 is 0.
        values.Sort();
        int negative = 0, positive = values.Length;
        while (negative < values.Length && values[negative] < -Zero) { negative++; }
        while (positive > negative && values[positive - 1] > Zero) { positive--; }
        var cuts = new List<double>();
        int zeros = positive - negative;
        if (negative > 0)
        {
            cuts.AddRange(Cuts(values[..negative], Math.Max(1, (int)((double)negative / (values.Length - zeros) * (most - 1))), RowsInBin));
            cuts.Add(-Zero);
        }
        int left = most - 1 - cuts.Count;
        if (positive < values.Length && left > 0)
        {
            cuts.Add(Zero);
            cuts.AddRange(Cuts(values[positive..], left, RowsInBin));
        }
        return [.. cuts];
    }

    /// <summary>Cuts midway between distinct values: of few wherever a bin has enough rows, of many so that bins hold about as many each; a value with more rows than that has its own.</summary>
    private static List<double> Cuts(ReadOnlySpan<double> sorted, int most, int least)
    {
        var distinct = new List<(double Value, int Count)>();
        foreach (double value in sorted)
        {
            if (distinct.Count > 0 && distinct[^1].Value == value) { distinct[^1] = (value, distinct[^1].Count + 1); } else { distinct.Add((value, 1)); }
        }
        var cuts = new List<double>();
        bool few = distinct.Count <= most;
        int bins = few ? most : Math.Max(1, Math.Min(most, sorted.Length / least)), rowsLeft = sorted.Length, binsLeft = bins;
        double size = (double)sorted.Length / bins;
        bool[] large = [.. distinct.Select(value => !few && value.Count >= size)];
        for (int i = 0; i < large.Length; i++)
        {
            if (large[i]) { (binsLeft, rowsLeft) = (binsLeft - 1, rowsLeft - distinct[i].Count); }
        }
        size = few ? least : rowsLeft / (double)binsLeft;
        int inBin = 0;
        for (int i = 0; i + 1 < distinct.Count && (few || cuts.Count < bins - 1); i++)
        {
            if (!large[i]) { rowsLeft -= distinct[i].Count; }
            inBin += distinct[i].Count;
            if (!large[i] && !(inBin >= size) && !(large[i + 1] && inBin >= Math.Max(1, size / 2))) { continue; }
            cuts.Add(Math.BitIncrement((distinct[i].Value + distinct[i + 1].Value) / 2));
            inBin = 0;
            if (!few && !large[i]) { size = rowsLeft / (double)--binsLeft; }
        }
        return cuts;
    }
}
