using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bellwether.Statistics.Summaries;

/// <summary>Counts values by bin.</summary>
internal static class BinCounter
{
    private const int Block = 2_048;

    /// <summary>Adds to the counts all values but NaN, and says how many of those there were.</summary>
    public static long Add(BinSearch search, ReadOnlySpan<double> values, Span<long> counts)
    {
        Span<byte> bins = stackalloc byte[Block];
        // Four sets of counts: with one, a value waits for the count that the value before it has just written to the same bin.
        Span<int> partial = stackalloc int[4 * 64];
        long missing = 0;
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(values.Length, Block)];
            search.Of(block, bins);
            if (HasNaN(block))
            {
                for (int i = 0; i < block.Length; i++)
                {
                    if (double.IsNaN(block[i])) { missing++; } else { counts[bins[i]]++; }
                }
            }
            else
            {
                partial.Clear();
                Add(bins[..block.Length], ref partial[0]);
                for (int bin = 0; bin < counts.Length; bin++) { counts[bin] += partial[bin] + partial[64 + bin] + partial[128 + bin] + partial[192 + bin]; }
            }
            values = values[block.Length..];
        }
        return missing;
    }

    public static bool HasNaN(ReadOnlySpan<double> values)
    {
        int at = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var agree = Vector512<double>.AllBitsSet;
            for (; at + 8 <= values.Length; at += 8)
            {
                var value = Vector512.Create(values[at..]);
                agree &= Vector512.Equals(value, value); // NaN alone differs from itself.
            }
            if (agree.AsInt64() != Vector512<long>.AllBitsSet) { return true; }
        }
        for (; at < values.Length; at++)
        {
            if (double.IsNaN(values[at])) { return true; }
        }
        return false;
    }

    /// <summary>Without bounds checks: a bin is below 64.</summary>
    private static void Add(ReadOnlySpan<byte> bins, ref int partial)
    {
        int at = 0;
        for (; at + 4 <= bins.Length; at += 4)
        {
            Unsafe.Add(ref partial, bins[at])++;
            Unsafe.Add(ref partial, 64 + bins[at + 1])++;
            Unsafe.Add(ref partial, 128 + bins[at + 2])++;
            Unsafe.Add(ref partial, 192 + bins[at + 3])++;
        }
        for (; at < bins.Length; at++) { Unsafe.Add(ref partial, bins[at])++; }
    }
}
