using System.Buffers;
using System.Runtime.CompilerServices;

namespace Bellwether.Statistics.Ordering;

/// <summary>Finds the largest differences of two distribution functions without sorting the samples.</summary>
/// <remarks>
/// The values are counted in many narrow buckets. At a bucket's edges the difference is then known exactly, and inside it F − G cannot
/// exceed the difference at its left edge by more than the bucket's share of the reference (G − F: of the current sample). Only buckets
/// that could hold the largest difference are sorted: a few per mille of the values, where sorting all would cost several times as much.
/// The result is exactly that of a full sort, whatever the data; data that defeat the buckets cost a full sort and two cheap passes more.
/// </remarks>
internal static class GapSearch
{
    /// <summary>Below this many values sorting all is faster.</summary>
    private const int Few = 8192;

    private const int SampleSize = 512;

    public static DistributionGap Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        if ((long)reference.Length + current.Length >= Few && TryScale(reference, current, out var scale))
        {
            return BySelection(reference, current, scale);
        }
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        var scan = new GapScan(reference.Length, current.Length);
        scan.Pass(x.Values, y.Values, 0, 0);
        return scan.Result();
    }

    private static DistributionGap BySelection(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Scale scale)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(2 * scale.Buckets);
        byte[] chosen = ArrayPool<byte>.Shared.Rent(scale.Buckets);
        double[]? values = null;
        try
        {
            Array.Clear(counts, 0, 2 * scale.Buckets);
            Span<int> ofReference = counts.AsSpan(0, scale.Buckets), ofCurrent = counts.AsSpan(scale.Buckets, scale.Buckets);
            Count(reference, scale, ofReference, nameof(reference));
            Count(current, scale, ofCurrent, nameof(current));
            var (x, y) = Choose(ofReference, ofCurrent, reference.Length, current.Length, chosen);
            values = ArrayPool<double>.Shared.Rent(x + y + 2);
            Collect(reference, scale, chosen, values.AsSpan(0, x + 1));
            Collect(current, scale, chosen, values.AsSpan(x + 1, y + 1));
            Span<double> collectedReference = values.AsSpan(0, x), collectedCurrent = values.AsSpan(x + 1, y);
            RadixSort.Sort(collectedReference);
            RadixSort.Sort(collectedCurrent);
            return Scan(ofReference, ofCurrent, reference.Length, current.Length, chosen, collectedReference, collectedCurrent);
        }
        finally
        {
            if (values is not null) { ArrayPool<double>.Shared.Return(values); }
            ArrayPool<byte>.Shared.Return(chosen);
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    /// <summary>Marks the buckets that may hold a largest difference and returns how many values of each sample they have.</summary>
    private static (int Reference, int Current) Choose(
        ReadOnlySpan<int> ofReference, ReadOnlySpan<int> ofCurrent, long n, long m, Span<byte> chosen)
    {
        long above = 0, below = 0, gap = 0;
        for (int b = 0; b < ofReference.Length; b++)
        {
            gap += (ofReference[b] * m) - (ofCurrent[b] * n);
            above = Math.Max(above, gap);
            below = Math.Max(below, -gap);
        }
        gap = 0;
        int reference = 0, current = 0;
        for (int b = 0; b < ofReference.Length; b++)
        {
            int x = ofReference[b], y = ofCurrent[b];
            bool may = x + y > 0 && (gap + (x * m) >= above || (y * n) - gap >= below);
            chosen[b] = may ? (byte)1 : (byte)0;
            gap += (x * m) - (y * n);
            if (!may) { continue; }
            reference += x;
            current += y;
        }
        return (reference, current);
    }

    private static DistributionGap Scan(
        ReadOnlySpan<int> ofReference, ReadOnlySpan<int> ofCurrent, int n, int m, ReadOnlySpan<byte> chosen,
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var scan = new GapScan(n, m);
        int referenceBelow = 0, currentBelow = 0, i = 0, j = 0;
        for (int b = 0; b < ofReference.Length; b++)
        {
            int x = ofReference[b], y = ofCurrent[b];
            if (chosen[b] != 0)
            {
                scan.Pass(reference.Slice(i, x), current.Slice(j, y), referenceBelow, currentBelow);
                i += x;
                j += y;
            }
            referenceBelow += x;
            currentBelow += y;
        }
        return scan.Result();
    }

    private static void Count(ReadOnlySpan<double> sample, Scale scale, Span<int> counts, string name)
    {
        bool finite = true;
        foreach (double value in sample)
        {
            finite &= double.IsFinite(value);
            counts[scale.BucketOf(value)]++;
        }
        if (!finite) { Sample.RequireFinite(sample, name); }
    }

    private static void Collect(ReadOnlySpan<double> sample, Scale scale, ReadOnlySpan<byte> chosen, Span<double> collected)
    {
        int at = 0;
        foreach (double value in sample)
        {
            collected[at] = value; // Overwritten unless kept: cheaper than a branch that is hard to foresee. Hence the one place more.
            at += chosen[scale.BucketOf(value)];
        }
    }

    /// <summary>Equal buckets over the bulk of the values, from a few of them; what lies outside falls into the first and the last bucket.</summary>
    private static bool TryScale(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, out Scale scale)
    {
        Span<double> sample = stackalloc double[SampleSize];
        for (int i = 0; i < SampleSize; i++)
        {
            var from = (i & 1) == 0 ? reference : current;
            sample[i] = from.IsEmpty ? double.NaN : from[(int)((long)i * from.Length / SampleSize)];
            if (!double.IsFinite(sample[i]))
            {
                scale = default;
                return false;
            }
        }
        sample.Sort();
        double low = sample[SampleSize / 50], high = sample[SampleSize - 1 - (SampleSize / 50)], margin = (high - low) / 2;
        // Narrow enough that a bucket's share is small beside the difference that chance alone makes, 1/√n.
        double root = Math.Sqrt((double)reference.Length + current.Length);
        int buckets = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(12 * root)), 1024, 65536);
        scale = new Scale(low - margin, buckets / (2 * (high - low)), buckets);
        return double.IsFinite(scale.Low) && double.IsFinite(scale.PerUnit) && scale.PerUnit > 0;
    }

    private readonly record struct Scale(double Low, double PerUnit, int Buckets)
    {
        /// <summary>Never falls as the value grows, which is all that exactness needs.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int BucketOf(double value) =>
            (int)double.MinNative(double.MaxNative((value - Low) * PerUnit, 0), Buckets - 1);
    }
}
