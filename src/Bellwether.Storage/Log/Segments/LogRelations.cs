using System.Globalization;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log.Segments;

/// <summary>What a reader asks: hot rows and segments as relations of the same columns, <see cref="HotColumns.Predictions"/> but the model's number.</summary>
internal static class LogRelations
{
    /// <summary>One relation a hot table, and one for all segments; together every row of the model in the range once.</summary>
    /// <param name="view">Held by the caller until the answer is read.</param>
    /// <param name="folder">Where the segments lie.</param>
    /// <param name="model">The model's number.</param>
    /// <param name="schema">The model's schema, at any version.</param>
    /// <param name="from">Unix microseconds, inclusive.</param>
    /// <param name="to">Unix microseconds, exclusive.</param>
    /// <param name="skipDamaged">Leaves damaged segments out instead of refusing.</param>
    /// <exception cref="SegmentDamagedException">A segment of the range is not the file that was written.</exception>
    public static List<string> Of(LogView view, SegmentFolder folder, int model, ModelSchema schema, long from, long to, bool skipDamaged = false)
    {
        List<string> relations = [.. view.TablesOf(from, to).Select(table => OfTable(table, model, from, to))];
        if (OfSegments(view, folder, model, schema, from, to, skipDamaged) is { } segments) { relations.Add(segments); }
        return relations;
    }

    public static string OfTable(HotTable table, int model, long from, long to) => string.Create(CultureInfo.InvariantCulture,
        $"(SELECT * EXCLUDE (model) FROM {table.Name} WHERE model = {model} AND \"timestamp\" >= make_timestamp({Math.Max(from, table.From)}) AND \"timestamp\" < make_timestamp({Math.Min(to, table.To)}))");

    /// <summary>The segments of the range; null when there are none.</summary>
    public static string? OfSegments(LogView view, SegmentFolder folder, int model, ModelSchema schema, long from, long to, bool skipDamaged = false, bool withFile = false)
    {
        var segments = view.SegmentsOf(model, from, to);
        if (skipDamaged) { segments = [.. segments.Where(segment => folder.IsWhole(segment, withDigest: true))]; }
        else { foreach (var segment in segments) { folder.Verify(segment); } }
        if (segments.Count == 0) { return null; }
        var columns = new SegmentColumns(schema, segments.Max(segment => segment.Schema));
        return $"({columns.ToHot(segments.Select(folder.PathOf), Math.Max(from, segments.Min(s => s.First)), Math.Min(to, segments.Max(s => s.Last) + 1), withFile)})";
    }
}
