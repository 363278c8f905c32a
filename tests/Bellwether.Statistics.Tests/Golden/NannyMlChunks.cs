using System.Globalization;
using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>A reference and an analysis table cut into chunks of so many rows, the last one shorter, and the table of results per chunk.</summary>
internal sealed class NannyMlChunks
{
    private readonly GoldenComparison _comparison;
    private readonly JsonElement _table;
    private readonly JsonElement _tolerance;
    private readonly HashSet<string> _open;

    private NannyMlChunks(GoldenCase golden, GoldenComparison comparison)
    {
        _comparison = comparison;
        _table = golden.Outputs.GetProperty("per_chunk");
        _tolerance = golden.Tolerance;
        _open = [.. _table.EnumerateObject().Select(column => column.Name)];
        string? timestamp = golden.Params.TryGetProperty("timestamp", out var named) ? named.GetString() : null;
        Reference = Table("reference");
        Analysis = Table("analysis");
        Columns = [.. golden.Params.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)];
        int size = golden.Params.GetProperty("chunk_size").GetInt32();
        Chunks = [.. Cut(Reference, size, true), .. Cut(Analysis, size, false)];
        Timestamp = timestamp;

        GoldenTable Table(string name)
        {
            var table = GoldenTable.Read(golden.Inputs.GetProperty(name));
            return timestamp is null ? table : table.OrderedBy(timestamp);
        }
    }

    public sealed record Chunk(GoldenTable Table, int Index, int First, int Count, bool IsReference)
    {
        public double[] Numbers(string column) => Table.Numbers(column)[First..(First + Count)];

        public string?[] Text(string column) => Table.Text(column)[First..(First + Count)];
    }

    public GoldenTable Reference { get; }

    public GoldenTable Analysis { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<Chunk> Chunks { get; }

    private string? Timestamp { get; }

    /// <summary>Null, and the case excused, where an input cannot be read.</summary>
    public static NannyMlChunks? TryRead(GoldenCase golden, GoldenComparison comparison)
    {
        if (GoldenTable.AreReadable(golden.Inputs)) { return new NannyMlChunks(golden, comparison); }
        comparison.Excuse("its inputs are Parquet");
        return null;
    }

    public bool Asks(string column) => _table.TryGetProperty(column, out _);

    /// <summary>Compares a column of numbers; null stands for none, such as no threshold.</summary>
    public void Numbers(string column, IEnumerable<double?> answers)
    {
        _open.Remove(column);
        double?[] given = [.. answers];
        var expected = _table.GetProperty(column);
        if (expected.GetArrayLength() != given.Length)
        {
            _comparison.Fault($"{column} expected {expected.GetArrayLength()} chunks, got {given.Length}");
            return;
        }
        for (int i = 0; i < given.Length; i++)
        {
            if (expected[i].ValueKind == JsonValueKind.Null || given[i] is null)
            {
                _comparison.Exactly($"{column}[{i}] is none", expected[i].ValueKind == JsonValueKind.Null, given[i] is null);
            }
            else { _comparison.Number($"{column}[{i}]", expected[i], given[i]!.Value, _tolerance); }
        }
    }

    public void Flags(string column, IEnumerable<bool> answers)
    {
        _open.Remove(column);
        _comparison.ExactlyAll(column, [.. _table.GetProperty(column).EnumerateArray().Select(item => item.GetBoolean())], [.. answers]);
    }

    /// <summary>Leaves out what another test answers.</summary>
    public void LeaveOut(string prefix) => _open.RemoveWhere(column => column.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Compares where the chunks lie, and finds columns that nobody answered.</summary>
    public void Finish()
    {
        string prefix = Asks("chunk.chunk.key") ? "chunk.chunk." : "chunk.";
        Texts("key", Chunks.Select(chunk => $"[{chunk.First}:{chunk.First + chunk.Count - 1}]"));
        Texts("period", Chunks.Select(chunk => chunk.IsReference ? "reference" : "analysis"));
        Texts("start_date", Chunks.Select(chunk => Time(chunk, chunk.First)));
        Texts("end_date", Chunks.Select(chunk => Time(chunk, chunk.First + chunk.Count - 1)));
        Numbers(prefix + "chunk_index", Chunks.Select(chunk => (double?)chunk.Index));
        Numbers(prefix + "start_index", Chunks.Select(chunk => (double?)chunk.First));
        Numbers(prefix + "end_index", Chunks.Select(chunk => (double?)(chunk.First + chunk.Count - 1)));
        foreach (string column in _open) { _comparison.Fault($"{column} is not answered"); }

        void Texts(string column, IEnumerable<string?> answers)
        {
            _open.Remove(prefix + column);
            _comparison.ExactlyAll(column, [.. _table.GetProperty(prefix + column).EnumerateArray().Select(item => item.GetString())], [.. answers]);
        }
    }

    private string? Time(Chunk chunk, int row) => Timestamp is null
        ? null
        : DateTime.Parse(chunk.Table.Text(Timestamp)[row]!, CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static IEnumerable<Chunk> Cut(GoldenTable table, int size, bool isReference)
    {
        for (int first = 0, index = 0; first < table.RowCount; first += size, index++)
        {
            yield return new Chunk(table, index, first, Math.Min(size, table.RowCount - first), isReference);
        }
    }
}
