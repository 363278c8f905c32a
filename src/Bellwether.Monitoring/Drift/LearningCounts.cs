namespace Bellwether.Monitoring.Drift;

/// <summary>Counts of the windows from which a stream without rhythm learns it.</summary>
public sealed class LearningCounts(int events)
{
    private readonly List<long> _ordinals = [];
    private readonly List<long> _rows = [];
    private readonly List<long> _counts = [];

    /// <summary>Windows held.</summary>
    public int Windows => _ordinals.Count;

    /// <summary>Number of the first window.</summary>
    public long? First => _ordinals.Count == 0 ? null : _ordinals[0];

    /// <summary>Number of the last window.</summary>
    public long? Last => _ordinals.Count == 0 ? null : _ordinals[^1];

    /// <summary>Adds up the windows from one on; returns their rows and their number.</summary>
    public (long Rows, int Windows) SumFrom(long from, Span<long> counts)
    {
        counts.Clear();
        long rows = 0;
        int windows = 0;
        for (int i = _ordinals.Count - 1; i >= 0 && _ordinals[i] >= from; i--)
        {
            rows += _rows[i];
            windows++;
            for (int j = 0; j < events; j++) { counts[j] += _counts[i * events + j]; }
        }
        return (rows, windows);
    }

    public void Add(long ordinal, ReadOnlySpan<long> counts, long rows)
    {
        _ordinals.Add(ordinal);
        _rows.Add(rows);
        _counts.AddRange(counts);
    }

    /// <summary>Lays the counts out over consecutive windows from one number to another (exclusive); windows without rows are zero.</summary>
    public (long[] Counts, long[] Rows) Lay(long from, long to)
    {
        var rows = new long[to - from];
        var counts = new long[(to - from) * events];
        for (int i = 0; i < _ordinals.Count; i++)
        {
            long at = _ordinals[i] - from;
            if (at < 0 || at >= rows.Length) { continue; }
            rows[at] = _rows[i];
            for (int j = 0; j < events; j++) { counts[at * events + j] = _counts[i * events + j]; }
        }
        return (counts, rows);
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(_ordinals.Count);
        for (int i = 0; i < _ordinals.Count; i++)
        {
            writer.Write7BitEncodedInt64(_ordinals[i]);
            writer.Write7BitEncodedInt64(_rows[i]);
            for (int j = 0; j < events; j++) { writer.Write7BitEncodedInt64(_counts[i * events + j]); }
        }
        writer.Flush();
        return stream.ToArray();
    }

    public static LearningCounts FromBytes(int events, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var learning = new LearningCounts(events);
        int windows = reader.Read7BitEncodedInt();
        var counts = new long[events];
        for (int i = 0; i < windows; i++)
        {
            long ordinal = reader.Read7BitEncodedInt64();
            long rows = reader.Read7BitEncodedInt64();
            for (int j = 0; j < events; j++) { counts[j] = reader.Read7BitEncodedInt64(); }
            learning.Add(ordinal, counts, rows);
        }
        return learning;
    }
}
