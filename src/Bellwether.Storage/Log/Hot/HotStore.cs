using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Bellwether.Contracts;
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
    private volatile FrozenDictionary<ModelKey, int> _models = FrozenDictionary<ModelKey, int>.Empty;
    private volatile FrozenDictionary<string, HotTable> _tables = FrozenDictionary<string, HotTable>.Empty;

    public HotStore(string path, LogOptions options, string temporaryFolder)
    {
        (_path, _options, _temporaryFolder) = (path, options, temporaryFolder);
        _writer = Open();
        _writer.Execute(
            $"CREATE TABLE IF NOT EXISTS models (id INTEGER, name VARCHAR); CREATE TABLE IF NOT EXISTS position (node VARCHAR, next BIGINT); "
            + $"CREATE TABLE IF NOT EXISTS outcomes ({HotColumns.Outcomes}); CREATE TABLE IF NOT EXISTS closes ({HotColumns.Closes}); "
            + $"CREATE TABLE IF NOT EXISTS watermarks ({Watermarks.Columns})");
        _models = Read("SELECT name, id FROM models", row => KeyValuePair.Create(ModelKey.Parse(row.GetString(0)), row.GetInt32(1))).ToFrozenDictionary();
        _tables = Read($"SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, '{HotTable.Prefix}')", row => HotTable.Of(row.GetString(0)))
            .ToFrozenDictionary(table => table.Name);
        _watermarks = new Watermarks(Read("SELECT model, epoch_us(live) FROM watermarks", row => KeyValuePair.Create(row.GetInt32(0), row.GetInt64(1))));
        Position = Read($"SELECT next FROM position WHERE node = {Engine.Quote(options.Node)}", row => row.GetInt64(0)).SingleOrDefault();
    }

    /// <summary>All rows with a smaller sequence are stored.</summary>
    public long Position { get; private set; }

    /// <summary>The model's number in the tables; null while it has no rows.</summary>
    public int? NumberOf(ModelKey model) => _models.TryGetValue(model, out int number) ? number : null;

    /// <summary>Largest event time of the rows that a model sent as live; null without any.</summary>
    public long? LiveThrough(ModelKey model) => NumberOf(model) is { } number ? _watermarks.Of(number) : null;

    /// <summary>The tables that may hold event times of a range, by name.</summary>
    public IReadOnlyList<HotTable> TablesOf(long from, long to) =>
        [.. _tables.Values.Where(table => table.From < to && table.To > from).OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>Which event hours of which models have rows.</summary>
    public IEnumerable<(ModelKey Model, int Hour)> StoredHours()
    {
        var names = _models.ToDictionary(pair => pair.Value, pair => pair.Key);
        return _tables.Keys.SelectMany(table =>
            Read($"SELECT DISTINCT model, epoch_us(\"timestamp\") // {Instants.Hour} FROM {table}", row => (names[row.GetInt32(0)], (int)row.GetInt64(1))));
    }

    /// <summary>Stores records and moves the position past them, all or nothing.</summary>
    public void Append(IReadOnlyList<PendingRecord> records)
    {
        var added = new Dictionary<ModelKey, int>();
        var created = new Dictionary<string, HotTable>();
        long next = records[^1].FirstSequence + records[^1].Rows;
        using (var transaction = _writer.BeginTransaction())
        {
            try
            {
                Write(records, added, created);
                _writer.Execute(string.Create(CultureInfo.InvariantCulture,
                    $"DELETE FROM position WHERE node = {Engine.Quote(_options.Node)}; INSERT INTO position VALUES ({Engine.Quote(_options.Node)}, {next})"));
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
        if (added.Count > 0) { _models = _models.Concat(added).ToFrozenDictionary(); }
        if (created.Count > 0) { _tables = _tables.Concat(created).ToFrozenDictionary(); }
        _watermarks.Commit();
        Position = next;
    }

    /// <summary>Runs a query on a connection of its own.</summary>
    public T Ask<T>(Func<DuckDBConnection, T> ask)
    {
        if (!_readers.TryTake(out var connection)) { connection = Open(); }
        try
        {
            return ask(connection);
        }
        finally
        {
            _readers.Add(connection);
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

    private DuckDBConnection Open() => Engine.Open(_path, _options.QueryMemory, _options.QueryThreads, _temporaryFolder);

    private List<T> Read<T>(string sql, Func<DuckDBDataReader, T> take) => Ask(connection => connection.Rows(sql, take));

    private void Write(IReadOnlyList<PendingRecord> records, Dictionary<ModelKey, int> added, Dictionary<string, HotTable> created)
    {
        var writers = new Dictionary<string, ChunkWriter>();
        try
        {
            var rows = new RowStorer(_options.Node, name => WriterOf(name, writers, created));
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

    private ChunkWriter WriterOf(string name, Dictionary<string, ChunkWriter> writers, Dictionary<string, HotTable> created)
    {
        if (writers.TryGetValue(name, out var writer)) { return writer; }
        if (name.StartsWith(HotTable.Prefix, StringComparison.Ordinal) && !_tables.ContainsKey(name))
        {
            _writer.Execute($"CREATE TABLE {name} ({HotColumns.Predictions})");
            created.Add(name, HotTable.Of(name));
        }
        return writers[name] = new ChunkWriter(_writer, name);
    }

    private int NumberFor(ModelKey model, Dictionary<ModelKey, int> added)
    {
        if (_models.TryGetValue(model, out int number) || added.TryGetValue(model, out number)) { return number; }
        number = _models.Count + added.Count + 1;
        _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO models VALUES ({number}, {Engine.Quote(model.Value)})"));
        added.Add(model, number);
        return number;
    }
}
