using System.Buffers.Binary;
using System.Text;

namespace Bellwether.Statistics.Wire;

/// <summary>Grows a byte array: little-endian numbers, and integers as variable-length base-128 digits.</summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Doubles(ReadOnlySpan<double> values)
    {
        foreach (double value in values) { Double(value); }
    }

    /// <summary>A non-negative or negative integer, small magnitudes short (zigzag).</summary>
    public void Integer(long value) => Digits((UInt128)(ulong)((value << 1) ^ (value >> 63)));

    /// <inheritdoc cref="Integer(long)"/>
    public void Integer(Int128 value) => Digits((UInt128)((value << 1) ^ (value >> 127)));

    /// <summary>A count: an integer ≥ 0.</summary>
    public void Count(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Digits((UInt128)(ulong)value);
    }

    public void Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        Count(bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    /// <summary>Counts ≥ 0 of a length the reader knows; a run of zeros costs two digits groups however long it is.</summary>
    public void SparseCounts(ReadOnlySpan<long> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Count(values[i]);
            if (values[i] != 0) { continue; }
            int run = 1;
            while (i + run < values.Length && values[i + run] == 0) { run++; }
            Count(run - 1);
            i += run - 1;
        }
    }

    private void Digits(UInt128 value)
    {
        while (value >= 0x80)
        {
            Byte((byte)((byte)(value & 0x7F) | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _buffer.Length) { Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count)); }
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
