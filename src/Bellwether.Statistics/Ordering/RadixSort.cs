using System.Buffers;
using System.Runtime.InteropServices;

namespace Bellwether.Statistics.Ordering;

/// <summary>Sorts finite doubles by counting their bytes: several times faster than comparing from about a thousand values on.</summary>
/// <remarks>
/// Least significant byte first over the bits of the values, with the sign folded in so that unsigned order is numeric order; a byte that
/// all values share is skipped. O(8n) time, n words of pooled scratch. Equal values are equal bits: −0 becomes 0.
/// Source: P. Terdiman, "Radix sort revisited", 2000.
/// </remarks>
internal static class RadixSort
{
    private const int Digits = 8;
    private const int Values = 256;
    private const ulong Sign = 1UL << 63;

    /// <summary>Below this the platform's sort is faster than clearing and summing the counts.</summary>
    private const int Few = 768;

    /// <summary>Sorts ascending, in place.</summary>
    /// <param name="values">Finite; not checked.</param>
    public static void Sort(Span<double> values)
    {
        if (values.Length < Few)
        {
            for (int i = 0; i < values.Length; i++) { values[i] += 0.0; } // −0 + 0 is 0.
            values.Sort();
            return;
        }
        var keys = MemoryMarshal.Cast<double, ulong>(values);
        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(keys.Length);
        int[] counts = ArrayPool<int>.Shared.Rent(Digits * Values);
        try
        {
            Array.Clear(counts, 0, Digits * Values);
            Count(keys, counts);
            var from = keys;
            var to = scratch.AsSpan(0, keys.Length);
            for (int digit = 0; digit < Digits; digit++)
            {
                if (!TryPlaces(counts.AsSpan(digit * Values, Values), from[0], digit, from.Length)) { continue; }
                Scatter(from, to, counts.AsSpan(digit * Values, Values), digit * 8);
                var swap = from;
                from = to;
                to = swap;
            }
            Restore(from, keys);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
            ArrayPool<ulong>.Shared.Return(scratch);
        }
    }

    /// <summary>Turns values into ordered keys and counts all bytes of all keys in the same pass.</summary>
    private static void Count(Span<ulong> keys, int[] counts)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(keys[i]) + 0.0);
            ulong key = bits ^ ((ulong)((long)bits >> 63) | Sign);
            keys[i] = key;
            counts[(int)(key & 0xFF)]++;
            counts[Values + (int)((key >> 8) & 0xFF)]++;
            counts[(2 * Values) + (int)((key >> 16) & 0xFF)]++;
            counts[(3 * Values) + (int)((key >> 24) & 0xFF)]++;
            counts[(4 * Values) + (int)((key >> 32) & 0xFF)]++;
            counts[(5 * Values) + (int)((key >> 40) & 0xFF)]++;
            counts[(6 * Values) + (int)((key >> 48) & 0xFF)]++;
            counts[(7 * Values) + (int)(key >> 56)]++;
        }
    }

    /// <summary>Turns counts into the first place of each byte; false where all keys share the byte and nothing has to move.</summary>
    private static bool TryPlaces(Span<int> counts, ulong anyKey, int digit, int length)
    {
        if (counts[(int)((anyKey >> (digit * 8)) & 0xFF)] == length) { return false; }
        int place = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            int count = counts[i];
            counts[i] = place;
            place += count;
        }
        return true;
    }

    private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> places, int shift)
    {
        foreach (ulong key in from) { to[places[(int)((key >> shift) & 0xFF)]++] = key; }
    }

    private static void Restore(ReadOnlySpan<ulong> from, Span<ulong> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            ulong key = from[i];
            to[i] = key ^ ((ulong)((long)~key >> 63) | Sign);
        }
    }
}
