using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Bellwether.Storage.Log.Hot;

/// <summary>
/// Fills a table by data chunks from UTF-8 and doubles, without an object or a string a value. Runs inside the connection's transaction;
/// what a failed writer leaves goes with the roll-back.
/// </summary>
internal sealed unsafe class ChunkWriter : IDisposable
{
    /// <summary>The engine's vector size.</summary>
    public const int Capacity = 2048;

    private readonly DuckDB.NET.Native.DuckDBAppender _appender;
    private readonly DuckDBLogicalType[] _types;
    private readonly DuckDBDataChunk _chunk;
    private readonly nint[] _vectors;
    private readonly long[] _listSizes;
    private readonly long[] _listRoom;

    public ChunkWriter(DuckDBConnection connection, string table)
    {
        if (NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table, out _appender) != DuckDBState.Success)
        {
            throw new InvalidOperationException($"The table '{table}' cannot be appended to: {ErrorText()}");
        }
        int columns = (int)NativeMethods.Appender.DuckDBAppenderColumnCount(_appender);
        _types = [.. Enumerable.Range(0, columns).Select(i => NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)i))];
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. _types.Select(type => type.DangerousGetHandle())], (ulong)columns);
        _vectors = new nint[columns];
        _listSizes = new long[columns];
        _listRoom = new long[columns];
        Attach();
    }

    /// <summary>The row being written, within the chunk.</summary>
    public int Row { get; private set; }

    public void Null(int column)
    {
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_vectors[column]);
        Invalidate(_vectors[column], Row);
    }

    public void Int32(int column, int value) => ((int*)Data(column))[Row] = value;

    public void Int64(int column, long value) => ((long*)Data(column))[Row] = value;

    public void UInt64(int column, ulong value) => ((ulong*)Data(column))[Row] = value;

    public void Boolean(int column, bool value) => ((byte*)Data(column))[Row] = value ? (byte)1 : (byte)0;

    /// <summary>NaN is null: to the engine NaN is a value, and larger than all others. And −0 is 0: where it compresses, it keeps either for both.</summary>
    public void Double(int column, double value)
    {
        if (double.IsNaN(value)) { Null(column); }
        else { ((double*)Data(column))[Row] = value + 0.0; } // −0 + 0 is 0.
    }

    public void Text(int column, ReadOnlySpan<byte> utf8) => AssignText(_vectors[column], Row, utf8);

    /// <summary>A list of numbers, NaN for null and 0 for −0.</summary>
    public void Numbers(int column, ReadOnlySpan<byte> doubles)
    {
        int count = doubles.Length / sizeof(double);
        long first = BeginList(column, count);
        nint child = NativeMethods.Vectors.DuckDBListVectorGetChild(_vectors[column]);
        double* data = (double*)NativeMethods.Vectors.DuckDBVectorGetData(child);
        bool writable = false;
        for (int i = 0; i < count; i++)
        {
            double value = Bodies.FieldReader.Double(doubles, i);
            data[first + i] = value + 0.0;
            if (!double.IsNaN(value)) { continue; }
            if (!writable) { NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(child); }
            writable = true;
            Invalidate(child, first + i);
        }
    }

    /// <summary>A list of texts, taken from the reader.</summary>
    public void Texts(int column, ref Bodies.FieldReader reader, int count)
    {
        long first = BeginList(column, count);
        nint child = NativeMethods.Vectors.DuckDBListVectorGetChild(_vectors[column]);
        for (int i = 0; i < count; i++)
        {
            if (reader.TryText(out var text))
            {
                AssignText(child, first + i, text);
                continue;
            }
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(child);
            Invalidate(child, first + i);
        }
    }

    public void EndRow()
    {
        if (++Row == Capacity) { Flush(); }
    }

    /// <summary>Hands over what is left. Without it nothing of the last chunk is stored.</summary>
    public void Complete()
    {
        if (Row > 0) { Flush(); }
        Check(NativeMethods.Appender.DuckDBAppenderClose(_appender));
    }

    public void Dispose()
    {
        _chunk.Dispose();
        foreach (var type in _types) { type.Dispose(); }
        _ = NativeMethods.Appender.DuckDBAppenderClear(_appender); // Destroying an appender stores what it holds, even after a fault.
        _appender.Dispose();
    }

    private void Flush()
    {
        _ = NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)Row);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        Attach();
        Row = 0;
    }

    private void Attach()
    {
        for (int i = 0; i < _vectors.Length; i++) { _vectors[i] = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i); }
        Array.Clear(_listSizes);
        Array.Clear(_listRoom);
    }

    private void* Data(int column) => NativeMethods.Vectors.DuckDBVectorGetData(_vectors[column]);

    private long BeginList(int column, int count)
    {
        long first = _listSizes[column], size = first + count;
        if (size > _listRoom[column])
        {
            _listRoom[column] = Math.Max(size, Math.Max(Capacity, 2 * _listRoom[column]));
            Check(NativeMethods.Vectors.DuckDBListVectorReserve(_vectors[column], (ulong)_listRoom[column]));
        }
        Check(NativeMethods.Vectors.DuckDBListVectorSetSize(_vectors[column], (ulong)size));
        ulong* entry = (ulong*)Data(column) + 2 * Row;
        (entry[0], entry[1]) = ((ulong)first, (ulong)count);
        _listSizes[column] = size;
        return first;
    }

    private static void AssignText(nint vector, long row, ReadOnlySpan<byte> utf8)
    {
        byte none = 0;
        if (utf8.IsEmpty) // An empty span pins to null, which is no empty text.
        {
            NativeMethods.Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)row, &none, 0);
            return;
        }
        fixed (byte* bytes = utf8) { NativeMethods.Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)row, bytes, utf8.Length); }
    }

    private static void Invalidate(nint vector, long row)
    {
        ulong* validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        validity[row >> 6] &= ~(1UL << (int)(row & 63));
    }

    private void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success) { throw new InvalidOperationException($"Rows cannot be appended: {ErrorText()}"); }
    }

    private string ErrorText()
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        return NativeMethods.ErrorData.DuckDBErrorDataMessage(error) ?? "unknown";
    }
}
