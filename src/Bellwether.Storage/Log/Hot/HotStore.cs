using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Storage.Log.Segments;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Hot;

/// <summary>
/// One DuckDB file with what the journal acknowledged, as tables to be asked. The position in the journal moves in the transaction that
/// stores the rows, so that after a crash every row is there exactly once. One writer at a time; any number of readers.
/// </summary>
internal sealed class HotStore : IDisposable
{
    private readonly LogOptions _options;
    private readonly string _path;
    private readonly string _temporaryFolder;
    private readonly DuckDBConnection _writer;
    private readonly Watermarks _watermarks;
    private readonly ConcurrentBag<DuckDBConnection> _readers = [];
    private readonly Lock _writing = new();
    private readonly HashSet<string> _sealed = [];
    private readonly Dictionary<string, int> _generations = []; // The last one each period has had in this process.
    private readonly ViewLeases _views;
    private volatile FrozenDictionary<ModelKey, int> _models = FrozenDictionary<ModelKey, int>.Empty;

    public HotStore(string path, LogOptions options, string temporaryFolder, SegmentFolder segments)
    {
        (_path, _options, _temporaryFolder, Segments) = (path, options, temporaryFolder, segments);
        _writer = Open();
        _writer.Execute(
            $"CREATE TABLE IF NOT EXISTS models (id INTEGER, name VARCHAR); CREATE TABLE IF NOT EXISTS position (node VARCHAR, next BIGINT); "
            + $"CREATE TABLE IF NOT EXISTS outcomes ({HotColumns.Outcomes}); CREATE TABLE IF NOT EXISTS closes ({HotColumns.Closes}); "
            + $"CREATE TABLE IF NOT EXISTS watermarks ({Watermarks.Columns}); "
            + SegmentManifest.Tables);
        foreach (string retired in SegmentManifest.LoadRetired(_writer)) { Drop(retired); } // Their rows are in segments.
        _models = Read("SELECT name, id FROM models", row => KeyValuePair.Create(ModelKey.Parse(row.GetString(0)), row.GetInt32(1))).ToFrozenDictionary();
        var tables = Read($"SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, '{HotTable.Prefix}')", row => HotTable.Of(row.GetString(0)));
        foreach (var table in tables) { _generations[table.Period] = Math.Max(table.Generation, _generations.GetValueOrDefault(table.Period)); }
        var listed = SegmentManifest.Load(_writer);
        segments.Sweep(listed);
        foreach (var segment in listed) { segments.IsWhole(segment, withDigest: false); } // Tells the operator now what a reader would be told later.
        _views = new ViewLeases(LogView.Of(tables, listed));
        _watermarks = new Watermarks(Read("SELECT model, epoch_us(live) FROM watermarks", row => KeyValuePair.Create(row.GetInt32(0), row.GetInt64(1))));
        Position = Read($"SELECT next FROM position WHERE node = {Engine.Quote(options.Node)}", row => row.GetInt64(0)).SingleOrDefault();
    }

    /// <summary>All rows with a smaller sequence are stored.</summary>
    public long Position { get; private set; }

    /// <summary>The model's number in the tables; null while it has no rows.</summary>
    public int? NumberOf(ModelKey model) => _models.TryGetValue(model, out int number) ? number : null;

    /// <summary>Largest event time of the rows that a model sent as live; null without any.</summary>
    public long? LiveThrough(ModelKey model) => NumberOf(model) is { } number ? _watermarks.Of(number) : null;

    /// <summary>The models by their number in the tables.</summary>
    public IReadOnlyDictionary<int, ModelKey> Models => _models.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The files of rows that are no longer hot.</summary>
    public SegmentFolder Segments { get; }

    /// <summary>Where rows lie now. What the view names can be read until the lease is disposed.</summary>
    public ViewLeases.Lease Lease() => _views.Take();

    /// <summary>Which event hours of which models have rows; of segments every hour from their first row to their last.</summary>
    public IEnumerable<(ModelKey Model, int Hour)> StoredHours()
    {
        var (names, view) = (Models, _views.Current);
        var hot = view.Tables.Keys.SelectMany(table =>
            Read($"SELECT DISTINCT model, epoch_us(\"timestamp\") // {Microseconds.Hour} FROM {table}", row => (names[row.GetInt32(0)], (int)row.GetInt64(1))));
        var rolled = view.Segments.Values.SelectMany(segments => segments).SelectMany(segment =>
        {
            int first = Microseconds.HourOf(segment.First);
            return Enumerable.Range(first, Microseconds.HourOf(segment.Last) - first + 1).Select(hour => (names[segment.Model], hour));
        });
        return hot.Concat(rolled);
    }

    /// <summary>Stores records and moves the position past them, all or nothing.</summary>
    public void Append(IReadOnlyList<PendingRecord> records)
    {
        lock (_writing) { AppendLocked(records); }
    }

    /// <summary>The tables of a period.</summary>
    public IReadOnlyList<HotTable> TablesOf(string period) => [.. _views.Current.Tables.Values.Where(table => table.Period == period)];

    /// <summary>Sends rows of a period to a new table from here on, so that its tables can be rolled; gives these tables.</summary>
    public IReadOnlyList<HotTable> Seal(string period)
    {
        lock (_writing)
        {
            var tables = TablesOf(period);
            _sealed.UnionWith(tables.Select(table => table.Name));
            return tables;
        }
    }

    /// <summary>Gives sealed tables back to the rows that come.</summary>
    public void Unseal(IEnumerable<HotTable> tables)
    {
        lock (_writing) { _sealed.ExceptWith(tables.Select(table => table.Name)); }
    }

    /// <summary>Replaces sealed tables and older segments by new segments, all or nothing.</summary>
    public void Move(IReadOnlyCollection<HotTable> retired, IReadOnlyCollection<Segment> added, IReadOnlyCollection<Segment> replaced)
    {
        lock (_writing)
        {
            InTransaction(() => SegmentManifest.Move(_writer, added, replaced, retired));
            _views.Move(retired, added, replaced);
        }
    }

    /// <summary>Drops tables and deletes files that were replaced and that no reader holds any more.</summary>
    public void Clear()
    {
        var (tables, segments) = _views.TakeUnused();
        foreach (var table in tables)
        {
            lock (_writing) { Drop(table.Name); }
        }
        foreach (var segment in segments) { Segments.Delete(segment.File); }
    }

    /// <summary>Runs a query on a connection of its own.</summary>
    public T Ask<T>(Func<DuckDBConnection, T> ask)
    {
        var connection = Borrow();
        try
        {
            return ask(connection);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <summary>A connection for a query that outlives a call; give it back by <see cref="Return"/>.</summary>
    public DuckDBConnection Borrow() => _readers.TryTake(out var connection) ? connection : Open();

    public void Return(DuckDBConnection connection) => _readers.Add(connection);

    public void Dispose()
    {
        foreach (var reader in _readers) { reader.Dispose(); }
        _writer.Dispose(); // The last connection to close writes a checkpoint.
    }

    private void AppendLocked(IReadOnlyList<PendingRecord> records)
    {
        var added = new Dictionary<ModelKey, int>();
        var created = new Dictionary<string, HotTable>();
        long next = records[^1].FirstSequence + records[^1].Rows;
        InTransaction(() =>
        {
            Write(records, added, created);
            _writer.Execute(string.Create(CultureInfo.InvariantCulture,
                $"DELETE FROM position WHERE node = {Engine.Quote(_options.Node)}; INSERT INTO position VALUES ({Engine.Quote(_options.Node)}, {next})"));
        });
        if (added.Count > 0) { _models = _models.Concat(added).ToFrozenDictionary(); }
        if (created.Count > 0)
        {
            foreach (var table in created.Values) { _generations[table.Period] = table.Generation; }
            _views.Extend(view => view.With(created.Values));
        }
        _watermarks.Commit();
        Position = next;
    }

    private DuckDBConnection Open() => Engine.Open(_path, _options.QueryMemory, _options.QueryThreads, _temporaryFolder);

    private List<T> Read<T>(string sql, Func<DuckDBDataReader, T> take) => Ask(connection => connection.Rows(sql, take));

    private void Write(IReadOnlyList<PendingRecord> records, Dictionary<ModelKey, int> added, Dictionary<string, HotTable> created)
    {
        var writers = new Dictionary<string, ChunkWriter>();
        try
        {
            var rows = new RowStorer(_options.Node, period => WriterOf(TableOf(period, created), writers), name => WriterOf(name, writers));
            _watermarks.Begin();
            foreach (var record in records)
            {
                int model = NumberFor(record.Model, added);
                rows.Store(record, model);
                _watermarks.Note(record, model);
            }
            foreach (var writer in writers.Values) { writer.Complete(); }
            _watermarks.Write(_writer);
        }
        finally
        {
            foreach (var writer in writers.Values) { writer.Dispose(); }
        }
    }

    private ChunkWriter WriterOf(string table, Dictionary<string, ChunkWriter> writers)
    {
        if (writers.TryGetValue(table, out var writer)) { return writer; }
        return writers[table] = new ChunkWriter(_writer, table);
    }

    private string TableOf(string period, Dictionary<string, HotTable> created)
    {
        if (created.TryGetValue(period, out var table)) { return table.Name; }
        int last = _generations.GetValueOrDefault(period);
        if (last > 0 && HotTable.Of(period, last) is { } known && _views.Current.Tables.ContainsKey(known.Name) && !_sealed.Contains(known.Name)) { return known.Name; }
        table = HotTable.Of(period, last + 1);
        _writer.Execute($"CREATE TABLE {table.Name} ({HotColumns.Predictions})");
        created.Add(period, table);
        return table.Name;
    }

    private int NumberFor(ModelKey model, Dictionary<ModelKey, int> added)
    {
        if (_models.TryGetValue(model, out int number) || added.TryGetValue(model, out number)) { return number; }
        number = _models.Count + added.Count + 1;
        _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO models VALUES ({number}, {Engine.Quote(model.Value)})"));
        added.Add(model, number);
        return number;
    }

    private void Drop(string table) => InTransaction(() => SegmentManifest.Drop(_writer, table));

    private void InTransaction(Action write)
    {
        using var transaction = _writer.BeginTransaction();
        try
        {
            write();
            transaction.Commit();
        }
        catch
        {
            try
            {
                transaction.Rollback();
            }
            catch (InvalidOperationException)
            {
                // A commit that failed has rolled back by itself; what went wrong there is what the caller must hear.
            }
            throw;
        }
    }
}
