using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bellwether.Statistics.Summaries;

/// <summary>Counts a block of values by bin and sums their distances from the bins' anchors, in units of 2^(exponent + 10).</summary>
/// <remarks>
/// Sums of a block are kept as doubles, of whole numbers of at most 2^33: exact, and an addition less than with integers. Two sets of sums, so that
/// a value need not wait for one before it in the same bin.
/// </remarks>
internal static class BinOffsets
{
    /// <param name="values">At most 256, none NaN or −0.</param>
    /// <param name="bins">Their bins.</param>
    /// <param name="anchors">Of each bin.</param>
    /// <param name="exponent">Above −1,000 and below 1,000: scaling is then one exact multiplication.</param>
    /// <param name="counts">Of each bin; added to.</param>
    /// <param name="offsets">Of each bin; added to.</param>
    public static void Add(ReadOnlySpan<double> values, ReadOnlySpan<byte> bins, ReadOnlySpan<double> anchors, int exponent, Span<long> counts, Span<long> offsets)
    {
        Span<Sum> sums = stackalloc Sum[128];
        sums.Clear();
        double factor = Math.ScaleB(1, -exponent - NumericScale.OffsetShift), limit = NumericScale.Limit >> NumericScale.OffsetShift;
        // A bin is below the number of anchors, and that is at most 64.
        ref Sum even = ref MemoryMarshal.GetReference(sums), odd = ref Unsafe.Add(ref even, 64);
        ref double anchor = ref MemoryMarshal.GetReference(anchors);
        int at = 0;
        for (; at + 2 <= values.Length; at += 2)
        {
            Unsafe.Add(ref even, bins[at]).Add(Offset(values[at], Unsafe.Add(ref anchor, bins[at]), factor, limit));
            Unsafe.Add(ref odd, bins[at + 1]).Add(Offset(values[at + 1], Unsafe.Add(ref anchor, bins[at + 1]), factor, limit));
        }
        if (at < values.Length) { Unsafe.Add(ref even, bins[at]).Add(Offset(values[at], Unsafe.Add(ref anchor, bins[at]), factor, limit)); }
        for (int bin = 0; bin < counts.Length; bin++)
        {
            counts[bin] += (long)(sums[bin].Count + sums[64 + bin].Count);
            offsets[bin] += (long)(sums[bin].Offset + sums[64 + bin].Offset);
        }
    }

    private static double Offset(double value, double anchor, double factor, double limit) =>
        double.MaxNative(double.MinNative(Math.Round((value - anchor) * factor), limit), -limit);

    private struct Sum
    {
        public double Offset;
        public double Count;

        public void Add(double offset)
        {
            Offset += offset;
            Count++;
        }
    }
}
