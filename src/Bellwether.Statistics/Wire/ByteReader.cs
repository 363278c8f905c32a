using System.Buffers.Binary;
using System.Text;

namespace Bellwether.Statistics.Wire;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; anything else is an <see cref="InvalidDataException"/>, never an index error.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Reads the first byte and refuses another format.</summary>
    public void Format(byte expected, string what)
    {
        byte found = Byte();
        if (found != expected) { throw new InvalidDataException($"Expected {what} in format {expected}, got format {found}."); }
    }

    public void End()
    {
        if (!_rest.IsEmpty) { throw new InvalidDataException($"{_rest.Length} bytes are left over."); }
    }

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidDataException($"Expected a flag, got {other}."),
    };

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public void Doubles(Span<double> into)
    {
        for (int i = 0; i < into.Length; i++) { into[i] = Double(); }
    }

    public double[] Doubles(long count)
    {
        // Checked before allocating, so that a damaged length cannot ask for the whole memory.
        if (count > _rest.Length / 8) { throw new InvalidDataException("The bytes end early."); }
        double[] values = new double[count];
        Doubles(values.AsSpan());
        return values;
    }

    public long Integer()
    {
        UInt128 wide = Digits();
        if (wide > ulong.MaxValue) { throw new InvalidDataException("An integer is too large."); }
        ulong digits = (ulong)wide;
        return (long)(digits >> 1) ^ -(long)(digits & 1);
    }

    public Int128 Integer128()
    {
        UInt128 digits = Digits();
        return (Int128)(digits >> 1) ^ -(Int128)(digits & 1);
    }

    public long Count()
    {
        UInt128 digits = Digits();
        return digits <= long.MaxValue ? (long)digits : throw new InvalidDataException("A count is too large.");
    }

    /// <summary>A count of things that do not follow, such as days.</summary>
    public int Small()
    {
        long count = Count();
        return count <= int.MaxValue ? (int)count : throw new InvalidDataException("A count is too large.");
    }

    /// <summary>A count that says how many things follow, each at least one byte long.</summary>
    public int Length()
    {
        long count = Count();
        return count <= _rest.Length ? (int)count : throw new InvalidDataException("The bytes end early.");
    }

    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    public void SparseCounts(Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = Count();
            if (into[i] != 0) { continue; }
            long run = Count();
            if (run >= into.Length - i) { throw new InvalidDataException("A run of zeros is too long."); }
            into.Slice(i + 1, (int)run).Clear();
            i += (int)run;
        }
    }

    private UInt128 Digits()
    {
        UInt128 value = 0;
        for (int shift = 0; shift < 128; shift += 7)
        {
            byte next = Byte();
            value |= (UInt128)(uint)(next & 0x7F) << shift;
            if (next < 0x80) { return value; }
        }
        throw new InvalidDataException("An integer has too many digits.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) { throw new InvalidDataException("The bytes end early."); }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
