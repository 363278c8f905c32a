using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>The last bits of a stream, up to a fixed number.</summary>
/// <param name="capacity">Bits to keep; at least 1.</param>
internal sealed class BitWindow(int capacity)
{
    private readonly byte[] _bits = new byte[capacity];
    private int _oldest;

    public int Capacity => _bits.Length;

    public int Count { get; private set; }

    public int Ones { get; private set; }

    public bool IsFull => Count == _bits.Length;

    /// <summary>The bit at a position counted from the oldest.</summary>
    public byte this[int position]
    {
        get
        {
            int at = _oldest + position;
            return _bits[at < _bits.Length ? at : at - _bits.Length];
        }
    }

    /// <summary>Adds a bit and lets the oldest go where the window is full.</summary>
    public void Add(byte bit)
    {
        Ones += bit;
        if (Count < _bits.Length)
        {
            _bits[Count++] = bit; // The oldest stays at 0 until the window is full.
            return;
        }
        Ones -= _bits[_oldest];
        _bits[_oldest] = bit;
        if (++_oldest == _bits.Length) { _oldest = 0; }
    }

    public void Clear() => _oldest = Count = Ones = 0;

    public void Write(ByteWriter writer)
    {
        writer.Count(Count);
        for (int i = 0; i < Count; i += 8)
        {
            int packed = 0;
            for (int j = i; j < Math.Min(i + 8, Count); j++) { packed |= this[j] << (j - i); }
            writer.Byte((byte)packed);
        }
    }

    public void Read(ref ByteReader reader)
    {
        Clear();
        long count = reader.Count();
        if (count > Capacity) { throw new InvalidDataException($"Expected at most {Capacity} bits, got {count}."); }
        int packed = 0;
        for (int i = 0; i < count; i++)
        {
            packed = i % 8 == 0 ? reader.Byte() : packed >> 1;
            Add((byte)(packed & 1));
        }
    }
}
