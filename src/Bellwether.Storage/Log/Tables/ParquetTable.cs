using System.Globalization;
using System.Text;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Hot;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Tables;

/// <summary>A Parquet file, read by DuckDB. A column of a kind without a place here (maps, structs, blobs) is read as its text.</summary>
internal sealed class ParquetTable : RowTable
{
    private readonly DuckDBConnection _connection;
    private readonly string _sql;
    private readonly string[] _columns;
    private readonly CellKind[] _kinds;
    private readonly bool[] _withOffset;
    private readonly byte[] _text = new byte[40];
    private NativeVector[] _vectors = [];
    private NativeResult? _result;
    private int _row;
    private long _line;

    /// <exception cref="MalformedBodyException">The file is no Parquet.</exception>
    public ParquetTable(string path, string temporaryFolder)
    {
        _connection = Engine.Open(":memory:", "512MB", 2, temporaryFolder);
        try
        {
            // Instants leave as microseconds of UTC whatever zone the machine is in.
            _connection.Execute("SET TimeZone = 'UTC'");
            string source = $"read_parquet({Engine.Quote(path)})";
            var described = _connection.Rows($"DESCRIBE SELECT * FROM {source}", row => (Name: row.GetString(0), Type: row.GetString(1)));
            _columns = [.. described.Select(column => column.Name)];
            _kinds = [.. described.Select(column => KindOf(column.Type))];
            _withOffset = [.. described.Select(column => column.Type.EndsWith("TIME ZONE", StringComparison.Ordinal))];
            _sql = $"SELECT {string.Join(", ", described.Select((column, i) => Selected(column.Name, _kinds[i])))} FROM {source}";
        }
        catch (DuckDBException e)
        {
            _connection.Dispose();
            throw new MalformedBodyException($"The file cannot be read as Parquet: {e.Message}", 0, 0, e);
        }
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool IsUntyped => false;

    public override long Line => _line;

    /// <exception cref="MalformedBodyException">The file is damaged here.</exception>
    public override bool Read()
    {
        try
        {
            return ReadRow();
        }
        catch (InvalidOperationException e)
        {
            throw new MalformedBodyException($"The file cannot be read as Parquet beyond row {_line}: {e.Message}", 0, 0, e);
        }
    }

    public override void Restart()
    {
        _result?.Dispose();
        (_result, _line) = (null, 0);
    }

    public override CellKind Kind(int column) => _vectors[column].IsNull(_row) ? CellKind.Null : _kinds[column];

    public override double Number(int column) =>
        _kinds[column] == CellKind.Integer ? _vectors[column].Int64(_row) : _vectors[column].Double(_row);

    public override ReadOnlySpan<byte> Text(int column) => _kinds[column] switch
    {
        CellKind.Integer => Formatted(_vectors[column].Int64(_row)),
        CellKind.Number => Formatted(_vectors[column].Double(_row)),
        CellKind.Boolean => _vectors[column].Boolean(_row) ? "true"u8 : "false"u8,
        CellKind.Time => Encoding.UTF8.GetBytes(Contracts.UtcInstantConverter.Format(Instants.FromMicroseconds(_vectors[column].Int64(_row)))),
        _ => _vectors[column].Bytes(_row),
    };

    public override (long Micros, bool HasOffset) Time(int column) => (_vectors[column].Int64(_row), _withOffset[column]);

    protected override void Dispose(bool disposing)
    {
        _result?.Dispose();
        _connection.Dispose();
        base.Dispose(disposing);
    }

    private bool ReadRow()
    {
        if (_result is null)
        {
            _result = NativeResult.Query(_connection, _sql);
            _vectors = new NativeVector[_columns.Length];
            _row = _result.Count;
        }
        if (++_row >= _result.Count)
        {
            if (!_result.Next()) { return false; }
            for (int i = 0; i < _vectors.Length; i++) { _vectors[i] = _result.Column(i); }
            _row = 0;
        }
        _line++;
        return true;
    }

    private ReadOnlySpan<byte> Formatted<T>(T value) where T : IUtf8SpanFormattable
    {
        value.TryFormat(_text, out int length, default, CultureInfo.InvariantCulture);
        return _text.AsSpan(0, length);
    }

    private static CellKind KindOf(string type) => type switch
    {
        "BOOLEAN" => CellKind.Boolean,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => CellKind.Integer,
        "FLOAT" or "DOUBLE" or "HUGEINT" or "UHUGEINT" or "UBIGINT" => CellKind.Number,
        "DATE" => CellKind.Time,
        _ when type.EndsWith(']') => KindOf(type[..type.LastIndexOf('[')]) is CellKind.Number or CellKind.Integer ? CellKind.Vector : CellKind.Text,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => CellKind.Number,
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => CellKind.Time,
        _ => CellKind.Text,
    };

    private static string Selected(string name, CellKind kind) => kind switch
    {
        CellKind.Boolean => Engine.Name(name),
        CellKind.Integer => $"CAST({Engine.Name(name)} AS BIGINT)",
        CellKind.Number => $"CAST({Engine.Name(name)} AS DOUBLE)",
        CellKind.Time => $"epoch_us({Engine.Name(name)})",
        CellKind.Vector => $"CAST(to_json(list_transform(CAST({Engine.Name(name)} AS DOUBLE[]), lambda x: CASE WHEN isfinite(x) THEN x END)) AS VARCHAR)",
        _ => $"CAST({Engine.Name(name)} AS VARCHAR)",
    };
}
