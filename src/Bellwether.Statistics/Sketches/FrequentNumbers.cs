using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>The most frequent numbers of a stream, with bounds of their counts.</summary>
/// <remarks>
/// With k counters kept, every number that makes up more than 1/(k + 1) of the stream is held, and its count is known to within
/// <see cref="Error"/> ≤ N/(k + 1): a certainty, not a probability. While fewer than 2k different numbers were seen the counts are exact. No chance:
/// the same stream gives the same bytes; merged sketches keep the bound for the sum of their streams, though counters may differ from those of one
/// sketch that saw both. For the number of different values use <see cref="HyperLogLog"/>.
/// Sources: J. Misra, D. Gries, "Finding repeated elements", Sci. Comput. Program. 2(2), 1982; P. K. Agarwal et al., "Mergeable summaries", ACM
/// Trans. Database Syst. 38(4), 2013. Not thread-safe.
/// </remarks>
public sealed class FrequentNumbers
{
    private const byte FormatByte = 2;
    private readonly MisraGries<double> _items;

    /// <param name="capacity">k, at least 1. Up to 2k counters are in memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public FrequentNumbers(int capacity = 256) => _items = new MisraGries<double>(capacity, null);

    /// <summary>k.</summary>
    public int Capacity => _items.Capacity;

    /// <summary>N: occurrences so far.</summary>
    public long Count => _items.Count;

    /// <summary>How far a true count can be above its lower bound; 0 while all counts are exact. At most N/(k + 1).</summary>
    public long Error => _items.Offset;

    /// <summary>Different numbers that now have a counter: all there are while <see cref="Error"/> is 0.</summary>
    public int Held => _items.Held;

    /// <summary>Adds occurrences of a number.</summary>
    /// <param name="number">Not NaN; infinities are values, −0 is 0.</param>
    /// <param name="weight">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or the weight below 1.</exception>
    public void Update(double number, long weight = 1)
    {
        if (double.IsNaN(number)) { throw new ArgumentOutOfRangeException(nameof(number), number, "Expected a number."); }
        _items.Update(number + 0.0, weight);
    }

    /// <summary>What is known of the count of one number.</summary>
    public FrequentItem<double> Of(double item)
    {
        long counter = _items.Counter(item + 0.0);
        return new FrequentItem<double>(item + 0.0, counter, counter + Error);
    }

    /// <summary>The numbers whose count may be at least so large, most frequent first, then in ascending order.</summary>
    /// <param name="atLeast">Smallest upper bound; 1 for all that are held.</param>
    public IReadOnlyList<FrequentItem<double>> Items(long atLeast = 1) =>
        [.. _items.Counters
            .Where(pair => pair.Value + Error >= atLeast)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, Comparer<double>.Default)
            .Select(pair => new FrequentItem<double>(pair.Key, pair.Value, pair.Value + Error))];

    /// <summary>Adds all of another sketch.</summary>
    /// <exception cref="ArgumentException">The capacities differ.</exception>
    public void Merge(FrequentNumbers other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _items.Merge(other._items);
    }

    /// <summary>The sketch as bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        _items.Write(writer, Comparer<double>.Default, static (to, item) => to.Double(item));
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static FrequentNumbers FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "frequent numbers");
        int capacity = reader.Small();
        if (capacity < 1) { throw new InvalidDataException("The capacity is 0."); }
        var sketch = new FrequentNumbers(capacity);
        sketch._items.Restore(reader.Count(), reader.Count());
        int held = reader.Length();
        for (int i = 0; i < held; i++) { sketch._items.RestoreCounter(reader.Double(), reader.Count()); }
        reader.End();
        return sketch;
    }
}
