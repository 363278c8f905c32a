using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Walks the variable part of a row in <see cref="RowLayout"/>.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> row, int start)
{
    private ReadOnlySpan<byte> _rest = row[start..];

    /// <summary>The next field; false when it is null.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        text = length < 0 ? default : _rest.Slice(4, length);
        _rest = _rest[(4 + Math.Max(length, 0))..];
        return length >= 0;
    }

    /// <summary>The numbers that lie here, NaN where there is none. Unaligned, as every read of a row is.</summary>
    public ReadOnlySpan<byte> NumberBytes(int count)
    {
        var bytes = _rest[..(count * 8)];
        _rest = _rest[(count * 8)..];
        return bytes;
    }

    public static double Double(ReadOnlySpan<byte> bytes, int index) => MemoryMarshal.Read<double>(bytes[(index * 8)..]);
}
