using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>The most frequent texts of a stream, with bounds of their counts.</summary>
/// <remarks>
/// With k counters kept, every text that makes up more than 1/(k + 1) of the stream is held, and its count is known to within
/// <see cref="Error"/> ≤ N/(k + 1): a certainty, not a probability. While fewer than 2k different texts were seen the counts are exact. No chance:
/// the same stream gives the same bytes; merged sketches keep the bound for the sum of their streams, though counters may differ from those of one
/// sketch that saw both. For the number of different values use <see cref="HyperLogLog"/>. A text must be well-formed UTF-16 to survive as bytes.
/// Sources: J. Misra, D. Gries, "Finding repeated elements", Sci. Comput. Program. 2(2), 1982; P. K. Agarwal et al., "Mergeable summaries", ACM
/// Trans. Database Syst. 38(4), 2013. Not thread-safe.
/// </remarks>
public sealed class FrequentTexts
{
    private const byte FormatByte = 1;
    private readonly MisraGries<string> _items;

    /// <param name="capacity">k, at least 1. Up to 2k counters are in memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public FrequentTexts(int capacity = 256) => _items = new MisraGries<string>(capacity, StringComparer.Ordinal);

    /// <summary>k.</summary>
    public int Capacity => _items.Capacity;

    /// <summary>N: occurrences so far.</summary>
    public long Count => _items.Count;

    /// <summary>How far a true count can be above its lower bound; 0 while all counts are exact. At most N/(k + 1).</summary>
    public long Error => _items.Offset;

    /// <summary>Different texts that now have a counter: all there are while <see cref="Error"/> is 0.</summary>
    public int Held => _items.Held;

    /// <summary>Adds occurrences of a text.</summary>
    /// <param name="text">Told apart by its UTF-16 code units.</param>
    /// <param name="weight">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is below 1.</exception>
    public void Update(string text, long weight = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        _items.Update(text, weight);
    }

    /// <summary>Adds one occurrence of a text; allocates only when it has no counter yet.</summary>
    /// <param name="text">Told apart by its UTF-16 code units.</param>
    public void Update(ReadOnlySpan<char> text)
    {
        var counters = _items.Lookup<ReadOnlySpan<char>>();
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counters, text, out _)++;
        _items.Seen(1);
    }

    /// <summary>What is known of the count of one text.</summary>
    public FrequentItem<string> Of(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        long counter = _items.Counter(item);
        return new FrequentItem<string>(item, counter, counter + Error);
    }

    /// <summary>The texts whose count may be at least so large, most frequent first, then in ordinal order.</summary>
    /// <param name="atLeast">Smallest upper bound; 1 for all that are held.</param>
    public IReadOnlyList<FrequentItem<string>> Items(long atLeast = 1) =>
        [.. _items.Counters
            .Where(pair => pair.Value + Error >= atLeast)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new FrequentItem<string>(pair.Key, pair.Value, pair.Value + Error))];

    /// <summary>Adds all of another sketch.</summary>
    /// <exception cref="ArgumentException">The capacities differ.</exception>
    public void Merge(FrequentTexts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _items.Merge(other._items);
    }

    /// <summary>The sketch as bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        _items.Write(writer, StringComparer.Ordinal, static (to, item) => to.Text(item));
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static FrequentTexts FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "frequent texts");
        int capacity = reader.Small();
        if (capacity < 1) { throw new InvalidDataException("The capacity is 0."); }
        var sketch = new FrequentTexts(capacity);
        sketch._items.Restore(reader.Count(), reader.Count());
        int held = reader.Length();
        for (int i = 0; i < held; i++) { sketch._items.RestoreCounter(reader.Text(), reader.Count()); }
        reader.End();
        return sketch;
    }
}
