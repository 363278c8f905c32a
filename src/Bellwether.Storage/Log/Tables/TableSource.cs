using System.Text;
using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Tables;

/// <summary>A file's table with its name, so that each fault tells file, line and column.</summary>
internal sealed class TableSource : IDisposable
{
    private readonly string _path;
    private readonly ZonedClock _clock;
    private readonly bool[] _isNumeric; // For untyped tables: every value of the column is a number or absent.

    private TableSource(string path, RowTable table, ZonedClock clock)
    {
        (_path, Table, _clock) = (path, table, clock);
        _isNumeric = table.IsUntyped ? Guess() : [];
    }

    public RowTable Table { get; }

    /// <summary>Opens CSV or Parquet; which, the first bytes tell, not the name.</summary>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public static TableSource Open(string path, TimeZoneInfo zone)
    {
        try
        {
            RowTable table = IsParquet(path) ? new ParquetTable(path, Path.GetTempPath()) : new CsvTable(File.ReadAllBytes(path));
            return new TableSource(path, table, new ZonedClock(zone));
        }
        catch (MalformedBodyException e)
        {
            throw new TableFileException(path, e.Line, "", e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TableFileException(path, 0, "", $"the file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Position of a column that must be there; −1 when none is asked for.</summary>
    public int Require(string? name)
    {
        if (name is null) { return -1; }
        int column = Table.Find(name);
        if (column >= 0) { return column; }
        string near = Table.Columns.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) is { } alike ? $" Did you mean '{alike}'?" : "";
        throw new TableFileException(_path, Table.IsUntyped ? 1 : 0, name, $"there is no such column.{near} There are: {string.Join(", ", Table.Columns)}.");
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="TableFileException">The row is damaged.</exception>
    public bool Read()
    {
        try
        {
            if (!Table.Read()) { return false; }
        }
        catch (MalformedBodyException e)
        {
            throw new TableFileException(_path, Table.Line, "", e.Message, e);
        }
        return Table.Fault is { } fault ? throw new TableFileException(_path, Table.Line, "", fault) : true;
    }

    /// <summary>Whether the column holds numbers only.</summary>
    public bool IsNumeric(int column, CellKind kind) => Table.IsUntyped ? _isNumeric[column] : kind is CellKind.Number or CellKind.Integer;

    public bool Has(int column) => column >= 0 && Table.Kind(column) != CellKind.Null;

    /// <summary>The cell's text; null when absent.</summary>
    public string? Text(int column) => Has(column) ? Encoding.UTF8.GetString(Table.Text(column)) : null;

    /// <summary>The cell's number; NaN when absent.</summary>
    /// <exception cref="TableFileException">It is no number.</exception>
    public double Number(int column)
    {
        if (!Has(column)) { return double.NaN; }
        if (Table.Kind(column) is CellKind.Number or CellKind.Integer) { return Table.Number(column); }
        return Table.IsUntyped && CellText.TryNumber(Table.Text(column), out double number) ? number : throw Fault(column, $"'{Text(column)}' is no number.");
    }

    /// <summary>The cell's instant in Unix microseconds; null when absent.</summary>
    /// <exception cref="TableFileException">It is no time.</exception>
    public long? Time(int column)
    {
        if (!Has(column)) { return null; }
        long micros;
        bool hasOffset = false;
        if (Table.Kind(column) == CellKind.Time) { (micros, hasOffset) = Table.Time(column); }
        else if (Table.Kind(column) != CellKind.Text || !Rfc3339.TryParse(Table.Text(column), out micros, out hasOffset))
        {
            throw Fault(column, $"'{Text(column)}' is no time; write it as 2026-07-01T12:00:00Z, or without offset in the model's zone.");
        }
        return hasOffset ? micros : _clock.ToInstant(micros);
    }

    /// <summary>A prediction or an outcome: a number where the column holds numbers only, else a text ("true" and "false" for booleans).</summary>
    public (double Number, string? Text) Answer(int column)
    {
        if (!Has(column)) { return (double.NaN, null); }
        if (IsNumeric(column, Table.Kind(column))) { return (Number(column), null); }
        var text = Table.Text(column);
        return (double.NaN, text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) ? "true"
            : text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) ? "false" : Encoding.UTF8.GetString(text));
    }

    public TableFileException Fault(int column, string message) => new(_path, Table.Line, Table.Columns[column], message);

    public void Dispose() => Table.Dispose();

    private static bool IsParquet(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("PAR1"u8);
    }

    private bool[] Guess()
    {
        bool[] numeric = [.. Enumerable.Repeat(true, Table.Columns.Count)];
        bool[] seen = new bool[numeric.Length];
        while (Table.Read())
        {
            for (int i = 0; i < numeric.Length && Table.Fault is null; i++)
            {
                if (!numeric[i] || Table.Kind(i) == CellKind.Null) { continue; }
                seen[i] = true;
                numeric[i] = CellText.TryNumber(Table.Text(i), out _);
            }
        }
        Table.Restart();
        return [.. numeric.Zip(seen, (isNumber, any) => isNumber && any)];
    }
}
