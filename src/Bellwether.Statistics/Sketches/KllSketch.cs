using System.Runtime.CompilerServices;
using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>Quantiles and ranks of a stream of any length from a few hundred of its values.</summary>
/// <remarks>
/// A rank is off by at most 2.296/k^0.9723 of the stream's length (1.33 % at k = 200) with probability 99 %, a whole curve of ranks by 2.446/k^0.9433
/// (1.65 %): the figures of Apache DataSketches for the same algorithm, which this one's larger first level only betters. Up to k values are kept as
/// they are, and all answers are then exact. Values keep ranks, not distances: for a tail's size use quantiles near it. Where a reference exists,
/// counting in its bins is faster, has no error, and does not depend on chance. Chance decides by the seed only: the same values in the same order
/// and the same merges give the same bytes; merging in another order gives other values within the same error.
/// About 3k + 8·log₂(n/k) values are held. An update costs O(log k) on average. Source: Z. Karnin, K. Lang, E. Liberty, "Optimal quantile
/// approximation in streams", FOCS 2016. Not thread-safe.
/// </remarks>
public sealed class KllSketch
{
    /// <summary>Least k.</summary>
    public const int LeastSize = 8;

    /// <summary>Largest k.</summary>
    public const int MostSize = 65_535;

    private const byte FormatByte = 1;
    private const int LeastCapacity = 8;

    private readonly ulong _seed;
    private readonly List<KllLevel> _levels = []; // From 1 on; each ascending, a value of level h standing for 2^h values.
    private readonly double[] _fresh; // Level 0 in order of arrival.
    private readonly double[] _scratch;
    private int _freshCount;
    private long _compactions;
    private KllView? _view;

    /// <param name="size">k in [8, 65535]: error falls and memory grows like k.</param>
    /// <param name="seed">Derive it from what is summarised, see <see cref="SplitMix64.SeedFrom"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside its range.</exception>
    public KllSketch(int size = 200, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, LeastSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MostSize);
        (Size, _seed) = (size, seed);
        _fresh = new double[size];
        _scratch = new double[size];
    }

    /// <summary>k.</summary>
    public int Size { get; }

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>Smallest value, exact; +∞ without any.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest value, exact; −∞ without any.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Values held in memory.</summary>
    public int Held => _freshCount + _levels.Sum(level => level.Count);

    /// <summary>Error of one rank as a share of <see cref="Count"/>, kept with probability 99 %; 0 while all values are held.</summary>
    public double RankError => _levels.Count == 0 ? 0 : 2.296 / Math.Pow(Size, .9723);

    /// <summary>Largest error over all ranks at once, likewise.</summary>
    public double CurveError => _levels.Count == 0 ? 0 : 2.446 / Math.Pow(Size, .9433);

    /// <summary>Adds a value.</summary>
    /// <param name="value">Not NaN; infinities are values, −0 is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN; it then does not count.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(double value)
    {
        if (double.IsNaN(value)) { throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number."); }
        value += 0.0; // −0 + 0 is 0.
        if (_freshCount == _fresh.Length) { CompactFresh(); }
        _fresh[_freshCount++] = value;
        Count++;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
        _view = null;
    }

    /// <summary>Adds values, as one after another.</summary>
    /// <param name="values">None is NaN.</param>
    /// <exception cref="ArgumentException">A value is NaN; those before it were added.</exception>
    public void Update(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) { throw new ArgumentException($"Value {i} is NaN.", nameof(values)); }
            Update(values[i]);
        }
    }

    /// <summary>The value below or at which a share of the values lie: the one at 0-based position ⌈qn⌉ − 1 in ascending order, about.</summary>
    /// <param name="q">In [0, 1]; 0 gives the smallest and 1 the largest value, both exact.</param>
    /// <returns>One of the values; NaN without any. O(held·log held) after an update, else O(log held).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside [0, 1].</exception>
    public double Quantile(double q)
    {
        if (!(q >= 0 && q <= 1)) { throw new ArgumentOutOfRangeException(nameof(q), q, "Expected a share in [0, 1]."); }
        if (Count == 0) { return double.NaN; }
        return q == 0 ? Minimum : q == 1 ? Maximum : View.AtPosition((long)Math.Ceiling(q * Count));
    }

    /// <summary>Share of the values that are at most so large, about.</summary>
    /// <param name="value">Not NaN.</param>
    /// <returns>In [0, 1]; NaN without values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double Rank(double value)
    {
        if (double.IsNaN(value)) { throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number."); }
        return Count == 0 ? double.NaN : View.UpTo(value) / (double)Count;
    }

    /// <summary>Adds all values of another sketch; the error is that of one sketch that saw both streams.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void Merge(KllSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Size != Size) { throw new ArgumentException($"Expected size {Size}, got {other.Size}.", nameof(other)); }
        long count = Count + other.Count;
        double[] fresh = other._fresh.AsSpan(0, other._freshCount).ToArray();
        double[][] levels = [.. other._levels.Select(level => level.Values.ToArray())];
        (Minimum, Maximum) = (Math.Min(Minimum, other.Minimum), Math.Max(Maximum, other.Maximum));
        while (_levels.Count < levels.Length) { _levels.Add(new KllLevel()); }
        for (int i = 0; i < levels.Length; i++) { _levels[i].Insert(levels[i], 0, 1); }
        foreach (double value in fresh)
        {
            if (_freshCount == _fresh.Length) { CompactFresh(); }
            _fresh[_freshCount++] = value;
        }
        CompactLevels();
        Count = count;
        _view = null;
    }

    /// <summary>The sketch as bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(Size);
        writer.Integer(unchecked((long)_seed));
        writer.Count(_compactions);
        writer.Count(Count);
        if (Count == 0) { return writer.ToArray(); }
        writer.Doubles([Minimum, Maximum]);
        writer.Count(_freshCount);
        writer.Doubles(_fresh.AsSpan(0, _freshCount));
        writer.Count(_levels.Count);
        foreach (var level in _levels)
        {
            writer.Count(level.Count);
            writer.Doubles(level.Values);
        }
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; both go on alike.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static KllSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a quantile sketch");
        int size = reader.Small();
        if (size is < LeastSize or > MostSize) { throw new InvalidDataException($"Size {size} is out of range."); }
        var sketch = new KllSketch(size, unchecked((ulong)reader.Integer())) { _compactions = reader.Count(), Count = reader.Count() };
        if (sketch.Count > 0)
        {
            (sketch.Minimum, sketch.Maximum) = (reader.Double(), reader.Double());
            sketch._freshCount = reader.Length();
            if (sketch._freshCount > size) { throw new InvalidDataException("The first level is too long."); }
            reader.Doubles(sketch._fresh.AsSpan(0, sketch._freshCount));
            int levels = reader.Length();
            Int128 weight = sketch._freshCount;
            bool isNumber = sketch._fresh.AsSpan(0, sketch._freshCount).IndexOf(double.NaN) < 0;
            for (int h = 1; h <= levels; h++)
            {
                var level = new KllLevel();
                level.Insert(reader.Doubles(reader.Count()), 0, 1);
                if (h >= 63 || !level.IsAscending) { throw new InvalidDataException($"Level {h} is damaged."); }
                weight += (Int128)level.Count << h;
                sketch._levels.Add(level);
            }
            if (weight != sketch.Count || !isNumber) { throw new InvalidDataException("The levels do not hold as many values as were seen."); }
        }
        reader.End();
        return sketch;
    }

    private KllView View
    {
        get
        {
            if (_view is null)
            {
                var view = new KllView(Held);
                view.Add(_fresh.AsSpan(0, _freshCount), 1);
                for (int h = 0; h < _levels.Count; h++) { view.Add(_levels[h].Values, 2L << h); }
                _view = view.Sorted();
            }
            return _view;
        }
    }

    private void CompactFresh()
    {
        if (_levels.Count == 0) { _levels.Add(new KllLevel()); }
        MergeSort.Sort(_fresh, _scratch);
        // Of an odd number one value stays, so that weights are kept.
        int even = _fresh.Length & ~1;
        _levels[0].Insert(_fresh.AsSpan(0, even), Chance(), 2);
        _freshCount = 0;
        if (even < _fresh.Length) { _fresh[_freshCount++] = _fresh[even]; }
        CompactLevels();
    }

    /// <summary>Passes half of each level that is too full up to the next.</summary>
    private void CompactLevels()
    {
        for (int h = 0; h < _levels.Count; h++)
        {
            if (_levels[h].Count < Capacity(h)) { continue; }
            if (h + 1 == _levels.Count) { _levels.Add(new KllLevel()); }
            var values = _levels[h].Values;
            int even = values.Length & ~1;
            _levels[h + 1].Insert(values[..even], Chance(), 2);
            _levels[h].KeepFrom(even);
        }
    }

    /// <summary>k at the top, two thirds of it a level below, and so on.</summary>
    private int Capacity(int level)
    {
        double capacity = Size;
        for (int depth = _levels.Count - 1 - level; depth > 0 && capacity > LeastCapacity; depth--) { capacity = capacity * 2 / 3; }
        return Math.Max(LeastCapacity, (int)Math.Ceiling(capacity));
    }

    private int Chance() => (int)(SplitMix64.SeedFrom(_seed, (ulong)_compactions++) & 1);
}
