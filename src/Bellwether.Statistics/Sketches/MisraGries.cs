using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>Counters of the most frequent items of a stream, whatever the items are.</summary>
/// <remarks>
/// Holds up to twice as many counters as are kept; when full, the (k + 1)-th largest count is taken off all and what is not above 0 is dropped, so
/// that an update costs O(1) on average. Each such step takes c off at least k + 1 items, so all steps together take off at most N/(k + 1).
/// </remarks>
internal sealed class MisraGries<T>
    where T : notnull
{
    private readonly Dictionary<T, long> _counts;

    public MisraGries(int capacity, IEqualityComparer<T>? comparer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _counts = new Dictionary<T, long>(comparer);
    }

    public int Capacity { get; }

    public long Count { get; private set; }

    /// <summary>What was taken off every counter: an item's true count is its counter, or that and up to this more.</summary>
    public long Offset { get; private set; }

    public int Held => _counts.Count;

    public IEnumerable<KeyValuePair<T, long>> Counters => _counts;

    public Dictionary<T, long>.AlternateLookup<TKey> Lookup<TKey>()
        where TKey : notnull, allows ref struct => _counts.GetAlternateLookup<TKey>();

    public long Counter(T item) => _counts.GetValueOrDefault(item);

    public void Update(T item, long weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        Count += weight;
        Raise(item, weight);
    }

    /// <summary>Counts an occurrence of an item whose counter the caller raised himself.</summary>
    public void Seen(long weight)
    {
        Count += weight;
        if (_counts.Count >= 2 * (long)Capacity) { Reduce(); }
    }

    public void Merge(MisraGries<T> other)
    {
        if (other.Capacity != Capacity) { throw new ArgumentException($"Expected capacity {Capacity}, got {other.Capacity}.", nameof(other)); }
        Count += other.Count;
        Offset += other.Offset;
        foreach (var (item, count) in other._counts.ToArray())
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, item, out _) += count;
        }
        if (_counts.Count >= 2 * (long)Capacity) { Reduce(); }
    }

    public void Write(ByteWriter writer, IComparer<T> order, Action<ByteWriter, T> item)
    {
        writer.Count(Capacity);
        writer.Count(Count);
        writer.Count(Offset);
        writer.Count(_counts.Count);
        foreach (var (key, count) in _counts.OrderBy(pair => pair.Key, order))
        {
            item(writer, key);
            writer.Count(count);
        }
    }

    public void Restore(long count, long offset) => (Count, Offset) = (count, offset);

    public void RestoreCounter(T item, long count)
    {
        if (count < 1 || count > Count || _counts.Count + 1 >= 2L * Capacity || !_counts.TryAdd(item, count))
        {
            throw new InvalidDataException("A counter of frequent items is damaged.");
        }
    }

    private void Raise(T item, long weight)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, item, out bool known) += weight;
        if (!known && _counts.Count >= 2 * (long)Capacity) { Reduce(); }
    }

    private void Reduce()
    {
        long[] counts = [.. _counts.Values];
        if (counts.Length <= Capacity) { return; }
        Array.Sort(counts);
        long off = counts[^(Capacity + 1)];
        Offset += off;
        foreach (var (item, count) in _counts)
        {
            // Changing a value or removing an item leaves the enumeration of a dictionary valid.
            if (count > off) { _counts[item] = count - off; } else { _counts.Remove(item); }
        }
    }
}
