using System.Buffers;
using System.Buffers.Binary;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Bytes that grow in a pooled array; integers and doubles are little-endian.</summary>
internal sealed class ByteBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for <paramref name="size"/> bytes at the end; <see cref="Advance"/> keeps what was written there.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + size), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(Length, size);
    }

    public void Advance(int count) => Length += count;

    public TextRange Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
        return new TextRange(Length - bytes.Length, bytes.Length);
    }

    public void AppendInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);
        Length += 4;
    }

    public void AppendDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);
        Length += 8;
    }

    public Span<byte> Slice(TextRange range) => range.IsNull ? default : _bytes.AsSpan(range.Offset, range.Length);

    /// <summary>A copy that fits: what waits for the hot tables must not hold a pool's spare room.</summary>
    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }
}

/// <summary>A piece of a <see cref="ByteBuffer"/>; the default is null, not empty.</summary>
internal readonly struct TextRange(int offset, int length)
{
    private readonly int _end = offset + length + 1;

    public int Offset { get; } = offset;

    public bool IsNull => _end == 0;

    public int Length => _end - 1 - Offset;
}
