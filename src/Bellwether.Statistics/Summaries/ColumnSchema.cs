using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>How one column is counted, anchored in its reference. Immutable.</summary>
/// <remarks>
/// Numeric: bin b of x is the number of edges below x, so the count of x ≤ edge i is the sum of bins 0 … i. Categorical: the most frequent
/// categories, then <c>other</c> (seen in the reference, not kept), then <c>unseen</c>. The watched events are x ≤ cut, or category = c.
/// </remarks>
public sealed class ColumnSchema
{
    /// <summary>Most edges of a numeric column; bins are one more.</summary>
    public const int MostEdges = 63;

    /// <summary>Most categories counted by themselves.</summary>
    public const int MostCategories = 256;

    /// <summary>Most categories watched by themselves.</summary>
    public const int MostCategoryEvents = 31;

    /// <summary>
    /// Most names kept to tell <c>other</c> from <c>unseen</c>. A reference with more has no end of names: every unknown name then counts as
    /// <c>other</c>, as a forgotten one must not be reported as new.
    /// </summary>
    public const int MostOtherNames = 10_000;

    private readonly FrozenDictionary<string, int> _categoryBins;
    private BinSearch? _search; // Made when first asked for; two threads may make it twice, alike.
    private double[]? _anchors;

    internal ColumnSchema(string name, ColumnKind kind, ImmutableArray<string> categories, ImmutableArray<string> others, bool othersComplete)
    {
        (Name, Kind, Categories, Others, OthersComplete) = (name, kind, categories, others, othersComplete);
        _categoryBins = categories.Select((category, bin) => KeyValuePair.Create(category, bin))
            .Concat(others.Select(other => KeyValuePair.Create(other, categories.Length)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>Whether values are numbers or categories.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Numeric: at most 63 edges, ascending; none for a reference without values.</summary>
    public ImmutableArray<double> Edges { get; internal init; } = [];

    /// <summary>Numeric: positions in <see cref="Edges"/> of the watched cuts, ascending.</summary>
    public ImmutableArray<int> Cuts { get; internal init; } = [];

    /// <summary>Numeric: positions in <see cref="Edges"/> of the deciles .1 … .9, ascending, without repeats.</summary>
    public ImmutableArray<int> Deciles { get; internal init; } = [];

    /// <summary>Categorical: categories with a bin of their own, most frequent first, ties by ordinal name.</summary>
    public ImmutableArray<string> Categories { get; }

    /// <summary>Categorical: names counted as <c>other</c>, ordinal.</summary>
    public ImmutableArray<string> Others { get; }

    /// <summary>Categorical: whether all names of the reference are known, so that an unknown one is <c>unseen</c>.</summary>
    public bool OthersComplete { get; }

    /// <summary>Numeric: values are summed in units of 2^UnitExponent, about a millionth of the reference's σ.</summary>
    public int UnitExponent { get; internal init; }

    /// <summary>Numeric: mean of the reference's finite values; 0 without any.</summary>
    public double Mean { get; internal init; }

    /// <summary>Numeric: standard deviation (n − 1) of the reference's finite values; 0 with fewer than two.</summary>
    public double Sigma { get; internal init; }

    /// <summary>Numeric: smallest reference value; +∞ without any.</summary>
    public double Minimum { get; internal init; } = double.PositiveInfinity;

    /// <summary>Numeric: largest reference value; −∞ without any.</summary>
    public double Maximum { get; internal init; } = double.NegativeInfinity;

    /// <summary>Counts of the reference in the bins.</summary>
    public ImmutableArray<long> ReferenceBins { get; internal init; } = [];

    /// <summary>Numeric: for each bin Σ(x − anchor) of the reference in units of 2^(UnitExponent + 10), see <see cref="Anchor"/>.</summary>
    public ImmutableArray<long> ReferenceOffsets { get; internal init; } = [];

    /// <summary>Share of the reference's rows without a value, in [0, 1].</summary>
    public double NullShare { get; internal init; }

    internal BinSearch Search => _search ??= new BinSearch(Edges.AsSpan());

    /// <summary>The anchor of each bin.</summary>
    internal ReadOnlySpan<double> Anchors => _anchors ??= [.. Enumerable.Range(0, BinCount).Select(Anchor)];

    /// <summary>Number of bins: edges + 1, or categories + 2.</summary>
    public int BinCount => Kind == ColumnKind.Numeric ? Edges.Length + 1 : Categories.Length + 2;

    /// <summary>Number of watched events, J; 0 for a numeric reference without values.</summary>
    public int EventCount => Kind == ColumnKind.Numeric ? Cuts.Length : Math.Min(Categories.Length, MostCategoryEvents) + 2;

    /// <summary>Fits a numeric column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">Reference values in any order; NaN counts as null, −0 as 0, ±∞ are values.</param>
    public static ColumnSchema FitNumeric(string name, ReadOnlySpan<double> values) => NumericColumnFit.Fit(name, values);

    /// <summary>Fits a categorical column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="counts">Reference count of each category; those with count 0 are ignored.</param>
    /// <param name="nulls">Reference rows without a value.</param>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static ColumnSchema FitCategorical(string name, IReadOnlyDictionary<string, long> counts, long nulls = 0) =>
        CategoricalColumnFit.Fit(name, counts, nulls);

    /// <summary>What event j is, for people: <c>x ≤ 3.2</c>, <c>region = north</c>, <c>unseen</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public string EventName(int j)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)j, (uint)EventCount, nameof(j));
        if (Kind == ColumnKind.Numeric) { return string.Create(CultureInfo.InvariantCulture, $"{Name} ≤ {Edges[Cuts[j]]:G6}"); }
        if (j == EventCount - 1) { return "unseen"; }
        return j == EventCount - 2 ? "other" : $"{Name} = {Categories[j]}";
    }

    /// <summary>Counts of the watched events in a window; the denominator is <see cref="ColumnSummary.Valued"/>.</summary>
    /// <param name="summary">A summary of this column.</param>
    /// <param name="counts">J counts are written here.</param>
    public void Events(ColumnSummary summary, Span<long> counts) => EventsOfBins(summary.Bins, counts);

    /// <summary>The point from which offsets in a bin are measured: its left edge; for the first bin its right edge; 0 where that is infinite.</summary>
    /// <param name="bin">A numeric bin.</param>
    public double Anchor(int bin)
    {
        if (Edges.IsEmpty) { return 0; }
        double edge = Edges[Math.Max(bin - 1, 0)];
        return double.IsFinite(edge) ? edge : 0;
    }

    /// <summary>The bin of a number: how many edges lie below it.</summary>
    /// <param name="value">Not NaN.</param>
    public int BinOf(double value) => Search.Of(value);

    /// <summary>Counts numbers by bin, without the sums of a summary. About 1 ns a value with AVX-512.</summary>
    /// <param name="values">Any numbers; NaN is not counted.</param>
    /// <param name="counts">One count a bin; added to.</param>
    /// <returns>How many of the values were NaN.</returns>
    /// <exception cref="ArgumentException">The column is not numeric or the number of counts differs from that of bins.</exception>
    public long CountBins(ReadOnlySpan<double> values, Span<long> counts)
    {
        if (Kind != ColumnKind.Numeric) { throw new ArgumentException($"Column '{Name}' is not numeric.", nameof(values)); }
        if (counts.Length != BinCount) { throw new ArgumentException($"Expected {BinCount} counts, got {counts.Length}.", nameof(counts)); }
        return BinCounter.Add(Search, values, counts);
    }

    /// <summary>The bin of a category.</summary>
    public int BinOf(string value) =>
        _categoryBins.TryGetValue(value, out int bin) ? bin : OthersComplete ? Categories.Length + 1 : Categories.Length;

    internal void EventsOfBins(ReadOnlySpan<long> bins, Span<long> counts)
    {
        if (bins.Length != BinCount) { throw new ArgumentException($"Expected {BinCount} bins, got {bins.Length}.", nameof(bins)); }
        if (counts.Length != EventCount) { throw new ArgumentException($"Expected {EventCount} counts, got {counts.Length}.", nameof(counts)); }
        if (Kind == ColumnKind.Numeric)
        {
            long below = 0;
            for (int bin = 0, j = 0; j < counts.Length; bin++)
            {
                below += bins[bin];
                if (bin == Cuts[j]) { counts[j++] = below; }
            }
            return;
        }
        int named = counts.Length - 2;
        bins[..named].CopyTo(counts);
        counts[named] = 0;
        foreach (long rest in bins[named..^1]) { counts[named] += rest; }
        counts[named + 1] = bins[^1];
    }

    internal void Write(ByteWriter writer) => ColumnSchemaFormat.Write(this, writer);
}
