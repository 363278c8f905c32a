using System.Numerics;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>Counts of latencies in 32 equal buckets for each doubling; below 64 µs one bucket a microsecond.</summary>
/// <remarks>The middle of a bucket is within 1/64 (1.6 %) of every latency in it. Longer than 2^40 µs (12.7 days) counts as that.</remarks>
internal sealed class LatencyBuckets
{
    private const int Exact = 64;
    private const int PerDoubling = 32;
    private const long Longest = (1L << 40) - 1;

    private static readonly int Buckets = IndexOf(Longest) + 1;

    // Most windows of most models have no latency at all.
    private long[] _counts = [];

    public static long Clamp(double microseconds) => (long)Math.Min(Math.Round(microseconds), Longest);

    public void Add(long microseconds)
    {
        Allocate();
        _counts[IndexOf(microseconds)]++;
    }

    public void Merge(LatencyBuckets other)
    {
        if (other._counts.Length == 0) { return; }
        Allocate();
        for (int i = 0; i < _counts.Length; i++) { _counts[i] += other._counts[i]; }
    }

    /// <summary>Middle of the bucket that holds the value of a rank, counted from 1; in microseconds.</summary>
    public double ValueAt(long rank)
    {
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank) { return (First(i) + First(i + 1) - 1) / 2.0; }
        }
        return Longest;
    }

    /// <summary>How many lie in buckets whose middle is above a limit.</summary>
    public long Above(long microseconds)
    {
        long above = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if ((First(i) + First(i + 1) - 1) / 2.0 > microseconds) { above += _counts[i]; }
        }
        return above;
    }

    public void Write(ByteWriter writer)
    {
        var used = Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0).ToArray();
        writer.Count(used.Length);
        int last = 0;
        foreach (int i in used)
        {
            writer.Count(i - last);
            writer.Count(_counts[i]);
            last = i;
        }
    }

    public void Read(ref ByteReader reader)
    {
        int used = reader.Length(), at = 0;
        for (int i = 0; i < used; i++)
        {
            Allocate();
            at += Math.Min(reader.Small(), Buckets);
            if (at >= Buckets) { throw new InvalidDataException("A latency bucket is out of range."); }
            _counts[at] = reader.Count();
        }
    }

    private static int IndexOf(long microseconds)
    {
        if (microseconds < Exact) { return (int)microseconds; }
        int doubling = BitOperations.Log2((ulong)microseconds) - 5;
        return doubling * PerDoubling + (int)(microseconds >> doubling);
    }

    private static long First(int index)
    {
        if (index < Exact) { return index; }
        int doubling = index / PerDoubling - 1;
        return (long)(index - doubling * PerDoubling) << doubling;
    }

    private void Allocate()
    {
        if (_counts.Length == 0) { _counts = new long[Buckets]; }
    }
}
