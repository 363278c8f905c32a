using System.Text;
using System.Text.Unicode;
using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Tables;

/// <summary>
/// Comma-separated values with a header, after RFC 4180: UTF-8, fields in double quotes may hold commas, line ends and doubled quotes.
/// Our own reader, because the engine's forgets the line on which a value stood.
/// </summary>
internal sealed class CsvTable : RowTable
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<Field> _fields = [];
    private readonly ByteBuffer _unescaped = new(256);
    private readonly string[] _columns;
    private readonly int _first;
    private readonly long _firstLine;
    private int _at;
    private long _nextLine = 1;
    private long _line;
    private string? _fault;

    /// <exception cref="MalformedBodyException">There is no header, or it names a column twice.</exception>
    public CsvTable(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        if (bytes.Span.StartsWith("\uFEFF"u8)) { _at = 3; }
        if (!ReadFields()) { throw new MalformedBodyException("The table is empty: its first line names the columns.", 1, 1); }
        if (_fault is not null) { throw new MalformedBodyException($"The header cannot be read: {_fault}.", 1, 1); }
        _columns = [.. Enumerable.Range(0, _fields.Count).Select(i => Encoding.UTF8.GetString(Bytes(i)).Trim())];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in _columns)
        {
            if (name.Length == 0) { throw new MalformedBodyException("The header has a column without a name.", 1, 1); }
            if (!seen.Add(name)) { throw new MalformedBodyException($"The header names column '{name}' twice.", 1, 1); }
        }
        (_first, _firstLine) = (_at, _nextLine);
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool IsUntyped => true;

    public override long Line => _line;

    public override string? Fault => _fault;

    public override bool Read()
    {
        if (!ReadFields()) { return false; }
        if (_fault is null && _fields.Count != _columns.Length)
        {
            _fault = $"the row has {_fields.Count} fields where the header has {_columns.Length}";
        }
        return true;
    }

    public override void Restart() => (_at, _nextLine) = (_first, _firstLine);

    public override CellKind Kind(int column) => _fields[column].Length == 0 ? CellKind.Null : CellKind.Text;

    public override double Number(int column) => throw new InvalidOperationException("A CSV field is text.");

    public override ReadOnlySpan<byte> Text(int column) => Bytes(column);

    public override (long Micros, bool HasOffset) Time(int column) => throw new InvalidOperationException("A CSV field is text.");

    protected override void Dispose(bool disposing)
    {
        _unescaped.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlySpan<byte> Bytes(int column)
    {
        var field = _fields[column];
        return field.IsUnescaped ? _unescaped.Written.Slice(field.Offset, field.Length) : _bytes.Span.Slice(field.Offset, field.Length);
    }

    private bool ReadFields()
    {
        var bytes = _bytes.Span;
        while (_at < bytes.Length && bytes[_at] is (byte)'\n' or (byte)'\r') // Blank lines are no rows.
        {
            if (bytes[_at++] == '\n') { _nextLine++; }
        }
        if (_at >= bytes.Length) { return false; }
        _fields.Clear();
        _unescaped.Clear();
        _fault = null;
        _line = _nextLine;
        int start = _at;
        while (true)
        {
            if (_at < bytes.Length && bytes[_at] == '"') { ReadQuoted(bytes); }
            else
            {
                int length = bytes[_at..].IndexOfAny((byte)',', (byte)'\n');
                if (length < 0) { length = bytes.Length - _at; }
                int end = _at + length;
                bool lineEnd = end > _at && bytes[end - 1] == '\r' && (end == bytes.Length || bytes[end] == '\n');
                _fields.Add(new Field(_at, lineEnd ? length - 1 : length, false));
                _at = end;
            }
            if (_at < bytes.Length && bytes[_at] == ',')
            {
                _at++;
                continue;
            }
            break;
        }
        if (!Utf8.IsValid(bytes[start.._at])) { _fault = "the row is not valid UTF-8"; }
        if (_at < bytes.Length)
        {
            _at++;
            _nextLine++;
        }
        return true;
    }

    private void ReadQuoted(ReadOnlySpan<byte> bytes)
    {
        int offset = _unescaped.Length;
        _at++;
        while (true)
        {
            int length = bytes[_at..].IndexOf((byte)'"');
            if (length < 0)
            {
                _fault = "a quote is opened and never closed";
                _at = bytes.Length;
                break;
            }
            var piece = bytes.Slice(_at, length);
            _nextLine += piece.Count((byte)'\n');
            _unescaped.Append(piece);
            _at += length + 1;
            if (_at >= bytes.Length || bytes[_at] != '"') { break; }
            _unescaped.Append("\""u8);
            _at++;
        }
        _fields.Add(new Field(offset, _unescaped.Length - offset, true));
        if (_at < bytes.Length && bytes[_at] == '\r') { _at++; }
        if (_at < bytes.Length && bytes[_at] is not ((byte)',' or (byte)'\n'))
        {
            _fault ??= "something follows a closing quote";
            int rest = bytes[_at..].IndexOfAny((byte)',', (byte)'\n');
            _at = rest < 0 ? bytes.Length : _at + rest;
        }
    }

    private readonly record struct Field(int Offset, int Length, bool IsUnescaped);
}
