using System.Text;
using DuckDB.NET.Native;

namespace Bellwether.Storage.Log.Hot;

/// <summary>One column of a chunk of a query's result, read in place: GetFieldValue makes an object a value, which a row of 30 features cannot afford.</summary>
internal readonly unsafe struct NativeVector
{
    private const int InlineLength = 12;

    private readonly nint _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;

    public NativeVector(nint vector)
    {
        _vector = vector;
        _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    public bool IsNull(long row) => _validity != null && (_validity[row >> 6] & 1UL << (int)(row & 63)) == 0;

    /// <summary>NaN for null.</summary>
    public double Double(long row) => IsNull(row) ? double.NaN : ((double*)_data)[row];

    public int Int32(long row) => ((int*)_data)[row];

    public long Int64(long row) => ((long*)_data)[row];

    public ulong UInt64(long row) => ((ulong*)_data)[row];

    public bool Boolean(long row) => _data[row] != 0;

    /// <summary>UTF-8 of a text that is not null; valid while the chunk is.</summary>
    public ReadOnlySpan<byte> Bytes(long row)
    {
        byte* text = _data + row * 16;
        int length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= InlineLength ? text + 4 : *(byte**)(text + 8), length);
    }

    public string? Text(long row) => IsNull(row) ? null : Encoding.UTF8.GetString(Bytes(row));

    /// <summary>Where a list's items lie in <see cref="Items"/>; length 0 for null.</summary>
    public (long Offset, long Length) List(long row)
    {
        if (IsNull(row)) { return (0, 0); }
        ulong* entry = (ulong*)_data + 2 * row;
        return ((long)entry[0], (long)entry[1]);
    }

    public NativeVector Items() => new(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector));
}
