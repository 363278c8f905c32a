using System.Globalization;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log.Segments;

/// <summary>
/// The columns of a segment, and the SQL between them and those of the hot tables. Features have a column each under their own name and
/// with their own type; what else a row has stands under a leading underscore. A vector is a list of numbers, and beside it its text where the
/// sender wrote it otherwise than the engine would: a row is read back as it was sent.
/// </summary>
internal sealed class SegmentColumns
{
    /// <summary>The pseudo-column with the path of a row's file.</summary>
    public const string File = "_file";

    // Hot expression over r, segment column, segment expression over f, hot column.
    private static readonly (string FromHot, string Column, string ToHot, string HotColumn)[] Reserved =
    [
        Same("id"), Same("version"), Time("timestamp"), Time("arrival"), Same("node"), Same("sequence"),
        ("CASE WHEN r.shadow THEN 'shadow' ELSE 'live' END", "_role", "f._role = 'shadow'", "shadow"),
        Same("unit"), Same("prediction"), Same("predictionText"), Same("score"), Same("latencySeconds"), Same("error"), Same("scores"), Same("tags"),
        Same("extra"), Same("mistyped"), Same("content"), Same("revision"), Same("timeGiven"), Same("schema"),
    ];

    private readonly List<(FeatureSlot Slot, string Name)> _features = [];
    private readonly List<string> _vectors = []; // Names of the vector columns, in the order of _vectorTexts.

    // A row group is held in memory while it is written: that of a wide model has fewer rows.
    private const int GroupCells = 6_000_000;
    private const int GroupRows = 122_880;

    /// <param name="schema">Of the model, at this version or any later one: names depend only on the features before.</param>
    /// <param name="version">The schema version whose features there are columns for.</param>
    public SegmentColumns(ModelSchema schema, int version)
    {
        // Engines and tools differ on whether case tells names apart, so no two differ by case alone. A feature whose type changed is another column.
        var taken = new HashSet<string>(Reserved.Select(reserved => reserved.Column), StringComparer.OrdinalIgnoreCase) { "_model", "_vectorTexts", File };
        foreach (var slot in schema.All.Where(slot => slot.Since <= version))
        {
            string wanted = slot.Name.Replace('\0', '\u2400'), name = wanted; // The engine's SQL ends at a NUL.
            for (int i = 2; !taken.Add(name); i++) { name = string.Create(CultureInfo.InvariantCulture, $"{wanted}~{i}"); }
            _features.Add((slot, name));
            if (slot.Type == FeatureType.Vector) { _vectors.Add(name); }
        }
    }

    /// <summary>Writes rows of <see cref="HotColumns.Predictions"/> without the model's number to a file, in order of time.</summary>
    public string Copy(ModelKey model, string source, string path) => string.Create(CultureInfo.InvariantCulture,
        $"COPY ({FromHot(model, source)}) TO {Engine.Quote(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {Math.Clamp(GroupCells / (Reserved.Length + _features.Count), 2048, GroupRows)})");

    /// <summary>Rows of segments as rows of <see cref="HotColumns.Predictions"/> without the model's number.</summary>
    /// <param name="files">Paths of one model's segments; this version is the newest of them.</param>
    /// <param name="from">Unix microseconds, inclusive.</param>
    /// <param name="to">Unix microseconds, exclusive.</param>
    /// <param name="withFile">Whether the path of each row's file stands in a last column.</param>
    public string ToHot(IEnumerable<string> files, long from, long to, bool withFile = false)
    {
        var sql = new StringBuilder("SELECT ");
        foreach (var (_, _, toHot, hotColumn) in Reserved) { sql.Append(toHot).Append(" AS ").Append(Engine.Name(hotColumn)).Append(", "); }
        sql.Append(List(_features.Where(feature => feature.Slot.IsNumber), feature => $"f.{Engine.Name(feature.Name)}", "DOUBLE")).Append(" AS numbers, ");
        sql.Append(List(_features.Where(feature => !feature.Slot.IsNumber), Text, "VARCHAR")).Append(" AS texts");
        if (withFile) { sql.Append(", f.").Append(File).Append(" AS file"); }
        sql.Append(" FROM read_parquet([").AppendJoin(", ", files.Select(file => Engine.Quote(Literal(file)))).Append("], union_by_name = true, hive_partitioning = false");
        if (withFile) { sql.Append(", filename = '").Append(File).Append('\''); }
        return sql.Append(") AS f WHERE f._timestamp >= ").Append(Instant(from)).Append(" AND f._timestamp < ").Append(Instant(to)).ToString();
    }

    /// <summary>Count and digest of all rows of a hot-shaped relation, whatever their order: equal rows give equal digests.</summary>
    public string Checksum(string source)
    {
        // A row's lists end at its last value; padded they compare.
        int numbers = _features.Count(feature => feature.Slot.IsNumber), texts = _features.Count - numbers;
        string columns = string.Join(", ", Reserved.Select(reserved => "r." + Engine.Name(reserved.HotColumn)));
        return string.Create(CultureInfo.InvariantCulture,
            $"SELECT count(*), CAST(coalesce(sum(hash({columns}, list_resize(r.numbers, {numbers}), list_resize(r.texts, {texts}))), 0) AS VARCHAR) FROM ({source}) AS r");
    }

    private string FromHot(ModelKey model, string source)
    {
        var sql = new StringBuilder("SELECT ").Append(Engine.Quote(model.Value)).Append(" AS _model");
        foreach (var (fromHot, column, _, _) in Reserved) { sql.Append(", ").Append(fromHot).Append(" AS ").Append(column); }
        sql.Append(", ").Append(VectorTexts()).Append(" AS _vectorTexts");
        foreach (var (slot, name) in _features) { sql.Append(", ").Append(Value(slot)).Append(" AS ").Append(Engine.Name(name)); }
        return sql.Append(" FROM (").Append(source).Append(") AS r ORDER BY _timestamp, _node, _sequence").ToString();
    }

    private static (string, string, string, string) Same(string name) => ("r." + name, "_" + name, "f._" + name, name);

    private static (string, string, string, string) Time(string name) =>
        ($"r.{Engine.Name(name)} AT TIME ZONE 'UTC'", "_" + name, $"make_timestamp(epoch_us(f._{name}))", name);

    private static string Instant(long micros) =>
        $"TIMESTAMPTZ '{Instants.FromMicroseconds(micros).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    /// <summary>A path that the engine does not take for a pattern.</summary>
    private static string Literal(string path) => path.Replace("[", "[[]", StringComparison.Ordinal).Replace("*", "[*]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);

    private static string At(string list, int slot) => string.Create(CultureInfo.InvariantCulture, $"{list}[{slot + 1}]");

    private static string Value(FeatureSlot slot) => slot.Type switch
    {
        FeatureType.Number => At("r.numbers", slot.Slot),
        FeatureType.Boolean => $"CASE {At("r.texts", slot.Slot)} WHEN 'true' THEN true WHEN 'false' THEN false END",
        FeatureType.Vector => Parsed(At("r.texts", slot.Slot)),
        _ => At("r.texts", slot.Slot),
    };

    private static string Parsed(string text) => $"TRY_CAST(TRY_CAST({text} AS JSON) AS DOUBLE[])";

    private static string Written(string vector) => $"CASE WHEN {vector} IS NOT NULL THEN CAST(to_json({vector}) AS VARCHAR) END";

    // A −0 is kept as text: in a dictionary of the file it would become 0.
    private string VectorTexts()
    {
        var texts = _features.Where(feature => feature.Slot.Type == FeatureType.Vector).Select(feature => At("r.texts", feature.Slot.Slot)).ToList();
        return texts.Count == 0
            ? "CAST(NULL AS VARCHAR[])"
            : $"[{string.Join(", ", texts.Select(text => $"CASE WHEN {text} IS DISTINCT FROM {Written(Parsed(text))} OR contains({text}, '-0') THEN {text} END"))}]";
    }

    private string Text((FeatureSlot Slot, string Name) feature)
    {
        string column = $"f.{Engine.Name(feature.Name)}";
        return feature.Slot.Type switch
        {
            FeatureType.Boolean => $"CASE {column} WHEN true THEN 'true' WHEN false THEN 'false' END",
            FeatureType.Vector => $"coalesce({At("f._vectorTexts", _vectors.IndexOf(feature.Name))}, {Written(column)})",
            _ => column,
        };
    }

    private static string List(IEnumerable<(FeatureSlot Slot, string Name)> features, Func<(FeatureSlot Slot, string Name), string> item, string type)
    {
        var items = features.OrderBy(feature => feature.Slot.Slot).Select(item).ToList();
        return items.Count == 0 ? $"CAST([] AS {type}[])" : $"[{string.Join(", ", items)}]";
    }
}
