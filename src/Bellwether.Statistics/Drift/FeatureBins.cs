namespace Bellwether.Statistics.Drift;

/// <summary>One column cut into few bins of about equally many rows, so that trees look at bins instead of values.</summary>
/// <remarks>
/// Frequent values get bins of their own, zero too, and missing values (NaN) the last one. Source: LightGBM's greedy binning; G. Ke et al.,
/// "LightGBM: a highly efficient gradient boosting decision tree", NeurIPS 2017.
/// </remarks>
internal sealed class FeatureBins
{
    private const double NearZero = 1e-35;

    private const double MostlyOneValue = .7;

    private readonly double[] _upper; // The greatest value of each bin; +∞ of the last.

    private FeatureBins(double[] upper, bool hasMissing, double[] distinct, int[] counts)
    {
        _upper = upper;
        HasMissing = hasMissing;
        int[] rows = new int[Count];
        for (int i = 0; i < distinct.Length; i++) { rows[Of(distinct[i])] += counts[i]; }
        int fullest = Array.IndexOf(rows, rows.Max()), zero = Of(0);
        Implied = rows[fullest] >= MostlyOneValue * rows.Sum() ? fullest : zero;
    }

    /// <summary>Bins of values, without the one of missing values.</summary>
    public int ValueBins => _upper.Length;

    public bool HasMissing { get; }

    /// <summary>The bin whose sums LightGBM does not add up but takes from what the other bins leave: that of zero, or one that nearly all rows share.</summary>
    public int Implied { get; }

    public int Count => _upper.Length + (HasMissing ? 1 : 0);

    public static FeatureBins Fit(ReadOnlySpan<double> values, BoostedTreesOptions options)
    {
        double[] ascending = new double[values.Length];
        int present = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value)) { ascending[present++] = value; }
        }
        bool hasMissing = present < values.Length;
        int most = options.Bins - (hasMissing ? 1 : 0);
        Array.Sort(ascending, 0, present);
        var (distinct, counts) = Distinct(ascending.AsSpan(0, present));
        int below = distinct.Count(value => value < -NearZero), zeros = 0, rowsBelow = 0;
        for (int i = 0; i < distinct.Length; i++)
        {
            if (i < below) { rowsBelow += counts[i]; }
            else if (distinct[i] <= NearZero) { zeros += counts[i]; }
        }
        var upper = new List<double>();
        if (below > 0 && most > 1)
        {
            int share = Math.Max(1, (int)((double)rowsBelow / (present - zeros) * (most - 1)));
            upper.AddRange(Greedy(distinct.AsSpan(0, below), counts.AsSpan(0, below), share, rowsBelow, options.LeastRowsOfBin));
            upper[^1] = -NearZero;
        }
        int first = Array.FindIndex(distinct, value => value > NearZero), rest = most - 1 - upper.Count;
        if (first >= 0 && rest > 0)
        {
            upper.Add(NearZero);
            upper.AddRange(Greedy(distinct.AsSpan(first), counts.AsSpan(first), rest, present - rowsBelow - zeros, options.LeastRowsOfBin));
        }
        else { upper.Add(double.PositiveInfinity); }
        return new FeatureBins([.. upper], hasMissing, distinct, counts);
    }

    /// <summary>The bin of a value; a missing one that the fit had not seen counts as zero.</summary>
    public int Of(double value)
    {
        if (double.IsNaN(value))
        {
            if (HasMissing) { return _upper.Length; }
            value = 0;
        }
        int low = 0, high = _upper.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (value <= _upper[middle]) { high = middle; }
            else { low = middle + 1; }
        }
        return low;
    }

    private static (double[] Values, int[] Counts) Distinct(ReadOnlySpan<double> ascending)
    {
        var values = new List<double>();
        var counts = new List<int>();
        foreach (double value in ascending)
        {
            if (values.Count == 0 || value != values[^1])
            {
                values.Add(value);
                counts.Add(0);
            }
            counts[^1]++;
        }
        return ([.. values], [.. counts]);
    }

    private static List<double> Greedy(ReadOnlySpan<double> values, ReadOnlySpan<int> counts, int most, int rows, int leastRows)
    {
        var upper = new List<double>();
        if (values.Length <= most)
        {
            int inBin = 0;
            for (int i = 0; i < values.Length - 1; i++)
            {
                inBin += counts[i];
                if (inBin < leastRows) { continue; }
                Add(upper, values[i], values[i + 1]);
                inBin = 0;
            }
            upper.Add(double.PositiveInfinity);
            return upper;
        }
        most = Math.Max(1, Math.Min(most, rows / leastRows));
        double mean = (double)rows / most;
        bool[] isOwn = new bool[values.Length];
        int restBins = most, restRows = rows;
        for (int i = 0; i < values.Length; i++)
        {
            if (counts[i] < mean) { continue; }
            isOwn[i] = true;
            restBins--;
            restRows -= counts[i];
        }
        mean = (double)restRows / restBins;
        int bins = 0, current = 0;
        for (int i = 0; i < values.Length - 1 && bins < most - 1; i++)
        {
            if (!isOwn[i]) { restRows -= counts[i]; }
            current += counts[i];
            if (!isOwn[i] && current < mean && !(isOwn[i + 1] && current >= Math.Max(1, mean * .5))) { continue; }
            Add(upper, values[i], values[i + 1]);
            bins++;
            current = 0;
            if (isOwn[i]) { continue; }
            restBins--;
            mean = restRows / (double)restBins;
        }
        upper.Add(double.PositiveInfinity);
        return upper;
    }

    private static void Add(List<double> upper, double value, double next)
    {
        double middle = Math.BitIncrement(value / 2 + next / 2);
        if (upper.Count == 0 || middle > upper[^1]) { upper.Add(middle); }
    }
}
