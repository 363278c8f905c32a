using System.Buffers.Binary;
using System.Numerics;

namespace Bellwether.Storage.Log.Journals;

/// <summary>CRC-32C (Castagnoli), by the processor's instruction where it has one. Check value of "123456789": 0xE3069283.</summary>
internal static class Crc32C
{
    public const uint Start = 0xFFFFFFFF;

    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (byte b in bytes) { crc = BitOperations.Crc32C(crc, b); }
        return crc;
    }

    public static uint Finish(uint crc) => ~crc;
}
