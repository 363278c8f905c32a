using System.Collections.Frozen;
using System.Collections.Immutable;
using Bellwether.Storage.Log.Hot;

namespace Bellwether.Storage.Log.Segments;

/// <summary>Where rows lie at one moment: every row in exactly one hot table or one segment.</summary>
/// <param name="Number">Grows by 1 each time rows move.</param>
/// <param name="Tables">By name.</param>
/// <param name="Segments">By model.</param>
internal sealed record LogView(long Number, FrozenDictionary<string, HotTable> Tables, FrozenDictionary<int, ImmutableArray<Segment>> Segments)
{
    public static LogView Of(IEnumerable<HotTable> tables, IEnumerable<Segment> segments) => new(0, Frozen(tables), Frozen(segments));

    /// <summary>The tables that may hold event times of a range, by name.</summary>
    public IReadOnlyList<HotTable> TablesOf(long from, long to) =>
        [.. Tables.Values.Where(table => table.From < to && table.To > from).OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>The segments of a model with event times of a range, by name.</summary>
    public IReadOnlyList<Segment> SegmentsOf(int model, long from, long to) => Segments.TryGetValue(model, out var segments)
        ? [.. segments.Where(segment => segment.First < to && segment.Last >= from).OrderBy(segment => segment.File, StringComparer.Ordinal)]
        : [];

    /// <summary>The segment of a model and period; null when there is none.</summary>
    public Segment? SegmentOf(int model, string period) =>
        Segments.TryGetValue(model, out var segments) ? segments.FirstOrDefault(segment => segment.Period == period) : null;

    public LogView With(IEnumerable<HotTable> created) => this with { Tables = Frozen(Tables.Values.Concat(created)) };

    /// <summary>The view after a roll.</summary>
    public LogView Moved(IReadOnlyCollection<HotTable> retired, IReadOnlyCollection<Segment> added, IReadOnlyCollection<Segment> replaced) => new(
        Number + 1, Frozen(Tables.Values.Except(retired)), Frozen(Segments.Values.SelectMany(segments => segments).Except(replaced).Concat(added)));

    private static FrozenDictionary<string, HotTable> Frozen(IEnumerable<HotTable> tables) => tables.ToFrozenDictionary(table => table.Name);

    private static FrozenDictionary<int, ImmutableArray<Segment>> Frozen(IEnumerable<Segment> segments) =>
        segments.GroupBy(segment => segment.Model).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
}
