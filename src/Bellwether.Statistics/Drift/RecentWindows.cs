using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Drift;

/// <summary>The last windows with rows: counts, rows and expected counts of J events. A ring of fixed capacity.</summary>
internal sealed class RecentWindows(int events, int capacity)
{
    private readonly long[] _counts = new long[events * capacity];
    private readonly double[] _expected = new double[events * capacity];
    private readonly long[] _rows = new long[capacity];
    private int _next;

    public int Length { get; private set; }

    public void Push(ReadOnlySpan<long> counts, long rows, ReadOnlySpan<double> baselineAngles)
    {
        counts.CopyTo(_counts.AsSpan(_next * events));
        for (int j = 0; j < events; j++) { _expected[_next * events + j] = rows * Angle.Inverse(baselineAngles[j]); }
        _rows[_next] = rows;
        _next = (_next + 1) % capacity;
        Length = Math.Min(Length + 1, capacity);
    }

    /// <summary>Sums one event over the last <paramref name="windows"/> windows, oldest first.</summary>
    public (long Count, long Rows, double Expected) Sum(int j, int windows)
    {
        long count = 0, rows = 0;
        double expected = 0;
        for (int back = Math.Min(windows, Length); back > 0; back--)
        {
            int at = (_next - back + capacity) % capacity;
            count += _counts[at * events + j];
            rows += _rows[at];
            expected += _expected[at * events + j];
        }
        return (count, rows, expected);
    }

    public void Write(ByteWriter writer)
    {
        writer.Count(Length);
        for (int back = Length; back > 0; back--)
        {
            int at = (_next - back + capacity) % capacity;
            writer.Count(_rows[at]);
            for (int j = 0; j < events; j++) { writer.Count(_counts[at * events + j]); }
            writer.Doubles(_expected.AsSpan(at * events, events));
        }
    }

    public void Read(ref ByteReader reader)
    {
        int length = reader.Length();
        if (length > capacity) { throw new InvalidDataException($"Expected at most {capacity} windows, got {length}."); }
        for (int at = 0; at < length; at++)
        {
            _rows[at] = reader.Count();
            for (int j = 0; j < events; j++) { _counts[at * events + j] = reader.Count(); }
            reader.Doubles(_expected.AsSpan(at * events, events));
        }
        (Length, _next) = (length, length % capacity);
    }
}
