using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Kswin"/>.</summary>
/// <param name="Significance">Significance of one test, in (0, 1). The test is repeated, so take it small.</param>
/// <param name="Window">Values in the sliding window; at least 2.</param>
/// <param name="Newest">Newest values compared with the older ones; at least 1 and less than the window; for River at most half of it.</param>
/// <param name="Clock">Values from one test to the next, at least 1; River's is 1.</param>
/// <param name="Seed">River's seed of its draws; without effect otherwise.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record KswinOptions(
    double Significance = 0.005, int Window = 100, int Newest = 30, int Clock = 1, long Seed = 0, Compatibility Compatibility = Compatibility.Paper);

/// <summary>Kolmogorov–Smirnov windowing: the newest values against the older ones of a sliding window, by the exact test. O(window) a test.</summary>
/// <remarks>
/// Takes any finite values. Sees changes of any feature of the distribution, spread and shape as well as the mean, but only those that show within
/// one window: for slow ones prefer <see cref="Adwin"/>. <see cref="DetectorState.WarmingUp"/> until the window is full. The significance is that
/// of one test; repeated at each value on stationary streams, the default alarms about once in a thousand values, so take 1e-5 or less to alarm seldom.
/// The paper draws as many older values as there are newest ones, at random; here all older ones are compared, which is sharper and needs no
/// chance. After a drift the newest values stay as the beginning of the next window.
/// River draws at random (here by Python's own generator, so that an equal seed gives its alarms), also demands a distance above 0.1, and after a drift empties
/// the window and seeds its generator again.
/// Source: C. Raab, M. Heusinger, F.-M. Schleif, "Reactive soft prototype computing for concept drift streams", Neurocomputing 416, 2020.
/// </remarks>
public sealed class Kswin : StreamDetector
{
    private const double RiverLeastDistance = 0.1;
    private readonly double[] _ring, _older, _newest, _drawnValues;
    private readonly int[] _drawn;
    private readonly PythonRandom? _chance;
    private readonly long _critical;
    private int _start, _count, _untilTest;
    private long _distance;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Kswin(KswinOptions? options = null)
        : base(ValueRange.Finite)
    {
        Options = options ?? new KswinOptions();
        OptionCheck.Probability(Options.Significance);
        OptionCheck.AtLeast(Options.Window, 2);
        OptionCheck.AtLeast(Options.Newest, 1);
        OptionCheck.AtLeast(Options.Clock, 1);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        bool river = Options.Compatibility == Compatibility.River;
        int most = river ? Options.Window / 2 : Options.Window - 1;
        if (Options.Newest > most) { throw new ArgumentException($"Expected at most {most} newest values, got {Options.Newest}.", nameof(options)); }
        _ring = new double[Options.Window];
        _newest = new double[Options.Newest];
        _older = new double[Options.Window - Options.Newest];
        _drawn = new int[river ? Options.Newest : 0];
        _drawnValues = new double[_drawn.Length];
        _chance = river ? new PythonRandom(Options.Seed) : null;
        _critical = LatticePaths.CriticalDistance(Compared, Options.Newest, Options.Significance);
        Clear();
    }

    /// <summary>The options in force.</summary>
    public KswinOptions Options { get; }

    /// <summary>Distance D of the last test, in [0, 1]; NaN before the first.</summary>
    public double Distance => _distance < 0 ? double.NaN : _distance / ((double)Compared * Options.Newest);

    /// <summary>Its exact p-value, conservative where values are tied; NaN before the first. Computed when asked for, in O(window²).</summary>
    public double PValue => _distance < 0 ? double.NaN : LatticePaths.TailProbability(Compared, Options.Newest, _distance);

    private protected override string Name => "kswin";

    /// <summary>Older values in a test.</summary>
    private int Compared => _chance is null ? _older.Length : Options.Newest;

    private protected override DetectorState Take(double value)
    {
        if (_chance is not null) { RestartAfterDrift(); }
        if (!Add(value)) { return DetectorState.WarmingUp; }
        if (--_untilTest > 0) { return DetectorState.Stable; }
        _untilTest = Options.Clock;
        _distance = LatticePaths.Distance(_chance is null ? _older : Draw(_chance), _newest);
        if (_distance < _critical || (_chance is not null && Distance <= RiverLeastDistance)) { return DetectorState.Stable; }
        if (_chance is null) { KeepNewest(); }
        return DetectorState.Drift;
    }

    /// <summary>Adds a value, and tells whether the window is full.</summary>
    private bool Add(double value)
    {
        if (_count < _ring.Length)
        {
            _ring[_count++] = value;
            if (_count < _ring.Length) { return false; }
            SortWindow();
            return true;
        }
        double oldest = _ring[_start], passing = At(_older.Length);
        _ring[_start] = value;
        if (++_start == _ring.Length) { _start = 0; }
        Replace(_older, oldest, passing);
        Replace(_newest, passing, value);
        return true;
    }

    private void SortWindow()
    {
        for (int i = 0; i < _older.Length; i++) { _older[i] = At(i); }
        for (int i = 0; i < _newest.Length; i++) { _newest[i] = At(_older.Length + i); }
        Array.Sort(_older);
        Array.Sort(_newest);
    }

    /// <summary>The value at a position counted from the oldest.</summary>
    private double At(int position)
    {
        int at = _start + position;
        return _ring[at < _ring.Length ? at : at - _ring.Length];
    }

    /// <summary>Puts one value in the place of another, keeping the order.</summary>
    private static void Replace(double[] sorted, double old, double value)
    {
        int at = Array.BinarySearch(sorted, old);
        for (; at + 1 < sorted.Length && sorted[at + 1] < value; at++) { sorted[at] = sorted[at + 1]; }
        for (; at > 0 && sorted[at - 1] > value; at--) { sorted[at] = sorted[at - 1]; }
        sorted[at] = value;
    }

    private double[] Draw(PythonRandom chance)
    {
        chance.Sample(_older.Length, _drawn);
        for (int i = 0; i < _drawn.Length; i++) { _drawnValues[i] = At(_drawn[i]); }
        Array.Sort(_drawnValues);
        return _drawnValues;
    }

    private void KeepNewest()
    {
        // The sorted copy serves as room for the values in their order; it is made anew when the window is full.
        for (int i = 0; i < _newest.Length; i++) { _newest[i] = At(_older.Length + i); }
        _newest.CopyTo(_ring, 0);
        (_start, _count, _untilTest) = (0, _newest.Length, 1);
    }

    private protected override void Clear()
    {
        (_start, _count, _untilTest, _distance) = (0, 0, 1, -1);
        _chance?.Seed(Options.Seed);
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        for (int i = 0; i < _count; i++) { writer.Double(At(i)); }
        writer.Count(_untilTest);
        writer.Integer(_distance);
        _chance?.Write(writer);
    }

    private protected override void Read(ref ByteReader reader)
    {
        long count = reader.Count();
        if (count > _ring.Length) { throw new InvalidDataException($"Expected at most {_ring.Length} values, got {count}."); }
        _count = (int)count;
        reader.Doubles(_ring.AsSpan(0, _count));
        if (_count == _ring.Length) { SortWindow(); }
        (_untilTest, _distance) = (reader.Small(), reader.Integer());
        _chance?.Read(ref reader);
    }
}
