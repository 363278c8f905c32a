using System.Buffers.Binary;
using System.Numerics;

namespace Bellwether.Statistics.Sketches;

/// <summary>XXH64 with seed 0: the 64-bit hash behind the sketches, the same on every platform and release.</summary>
/// <remarks>Not for secrets. Source: Y. Collet, "xxHash fast digest algorithm", specification 0.1.1.</remarks>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    /// <summary>Of eight bytes, little-endian: what <see cref="Of(ReadOnlySpan{byte})"/> answers for them.</summary>
    public static ulong Of(ulong eight) => unchecked(Avalanche(Eight(Prime5 + 8, eight)));

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            ulong hash, length = (ulong)bytes.Length;
            if (bytes.Length >= 32)
            {
                ulong a = Prime1 + Prime2, b = Prime2, c = 0, d = 0UL - Prime1;
                do
                {
                    a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                    b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
                    c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
                    d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
                    bytes = bytes[32..];
                }
                while (bytes.Length >= 32);
                hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                    + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
                hash = Merge(Merge(Merge(Merge(hash, a), b), c), d);
            }
            else
            {
                hash = Prime5;
            }
            hash += length;
            for (; bytes.Length >= 8; bytes = bytes[8..]) { hash = Eight(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes)); }
            if (bytes.Length >= 4)
            {
                hash ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime1;
                hash = BitOperations.RotateLeft(hash, 23) * Prime2 + Prime3;
                bytes = bytes[4..];
            }
            foreach (byte one in bytes)
            {
                hash ^= one * Prime5;
                hash = BitOperations.RotateLeft(hash, 11) * Prime1;
            }
            return Avalanche(hash);
        }
    }

    private static ulong Round(ulong lane, ulong input) => unchecked(BitOperations.RotateLeft(lane + input * Prime2, 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked((hash ^ Round(0, lane)) * Prime1 + Prime4);

    private static ulong Eight(ulong hash, ulong input) => unchecked(BitOperations.RotateLeft(hash ^ Round(0, input), 27) * Prime1 + Prime4);

    private static ulong Avalanche(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }
}
