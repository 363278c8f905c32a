using System.Collections.Concurrent;
using System.Globalization;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Journals;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Hot;

/// <summary>
/// The largest event time of each model's live rows, stored in the transaction that stores the rows: history that was held while it was
/// uploaded is still held after a start. For one writer at a time; any number of readers.
/// </summary>
internal sealed class Watermarks(IEnumerable<KeyValuePair<int, long>> stored)
{
    public const string Columns = "model INTEGER, live TIMESTAMP";

    private readonly ConcurrentDictionary<int, long> _live = new(stored);
    private readonly Dictionary<int, long> _grown = []; // By the transaction that is being written.

    /// <summary>Unix microseconds; null while all of the model's rows are history.</summary>
    public long? Of(int model) => _live.TryGetValue(model, out long live) ? live : null;

    /// <summary>Begins a transaction.</summary>
    public void Begin() => _grown.Clear();

    /// <summary>Takes note of a record that the transaction stores.</summary>
    public void Note(PendingRecord record, int model)
    {
        if (record.Kind != RecordKind.Predictions) { return; }
        long live = Math.Max(_grown.GetValueOrDefault(model, long.MinValue), Of(model) ?? long.MinValue), before = live;
        for (int i = 0; i < record.Batch!.Count; i++)
        {
            if ((record.Batch.Flags(i) & RowFlags.Duplicate) == 0) { live = Math.Max(live, record.Batch.Time(i)); }
        }
        if (live > before) { _grown[model] = live; }
    }

    /// <summary>Writes what moved into the transaction.</summary>
    public void Write(DuckDBConnection writer)
    {
        if (_grown.Count == 0) { return; }
        string rows = string.Join(", ", _grown.Select(pair => string.Create(CultureInfo.InvariantCulture, $"({pair.Key}, make_timestamp({pair.Value}))")));
        writer.Execute($"DELETE FROM watermarks WHERE model IN ({string.Join(", ", _grown.Keys)}); INSERT INTO watermarks VALUES {rows}");
    }

    /// <summary>The transaction was committed.</summary>
    public void Commit()
    {
        foreach (var (model, live) in _grown) { _live[model] = live; }
    }
}
