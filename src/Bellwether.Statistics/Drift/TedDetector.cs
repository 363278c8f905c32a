using System.Runtime.CompilerServices;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Drift;

/// <summary>Tolerance e-detector of one column: gathers evidence that event rates left their tolerated band.</summary>
/// <remarks>
/// Each event, side, alternative and level has a component R ← (R + Δ)·e with E[e | past] ≤ 1 inside the band, so any average M of
/// components has M − t a supermartingale, and M reaches A at the earliest after a mean time A, however often one looks. The slow lane
/// discounts a window by the whole wobble; the fast lane widens the band by the wobble it foretells and discounts only by what is left.
/// Not thread-safe. Sources: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", New England J. Stat. Data Sci. 2(2), 2024 (the sums);
/// the tolerance, discount and tracker are this project's.
/// </remarks>
public sealed class TedDetector
{
    private const byte FormatByte = 1;
    private const int Sides = 2;
    private const double Edge = 1e-3;
    private const double LargestR = 1e150;
    private const double LowestLogEvidence = -700;
    private const double UncappedLogEvidence = 700;

    private readonly EventReference _reference;
    private readonly TedOptions _options;
    private readonly RecentWindows _recent;
    private readonly int _lanes;
    private readonly int _quiet;
    private readonly double[] _tolerances;
    private readonly double[] _r;      // level, lane, event, side, alternative
    private readonly long[] _since;    // as _r
    private readonly double[] _wobble; // foretold, by event; shared by the levels
    private long _lastWindow;
    private bool _started;

    /// <summary>Starts without evidence.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public TedDetector(EventReference reference, TedOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowsPerDay, 1, nameof(options));
        if (!(options.AlarmLimit > 0)) { throw new ArgumentException($"Alarm limit {options.AlarmLimit} is not positive.", nameof(options)); }
        if (options.Tolerances.IsDefaultOrEmpty) { throw new ArgumentException("There is no level.", nameof(options)); }
        (_reference, _options) = (reference, options);
        _lanes = options.FastLane && reference.Track ? 2 : 1;
        _quiet = Math.Max(2 * options.WindowsPerDay, 6);
        _recent = new RecentWindows(reference.Events, Math.Max(_quiet, options.WindowsPerDay));
        _tolerances = [.. options.Tolerances.Select(h0 => h0 + 2 * Math.Sqrt(reference.V))];
        _r = new double[options.Tolerances.Length * _lanes * LaneSize];
        _since = new long[_r.Length];
        _wobble = new double[reference.Events];
    }

    /// <summary>Angles beyond the tolerance that the components bet on.</summary>
    private static ReadOnlySpan<double> Alternatives => [.1, .25, .6];

    private int LaneSize => _reference.Events * Sides * Alternatives.Length;

    /// <summary>The level of the open episode, or −1.</summary>
    public int OpenLevel { get; private set; } = -1;

    /// <summary>Windows with rows since the episode opened; 0 without one.</summary>
    public int LiveWindowsSinceOpen { get; private set; }

    /// <summary>Whether the open episode may close: it is old enough and the column is back within the first level's tolerance.</summary>
    public bool ShouldReturn => OpenLevel >= 0 && LiveWindowsSinceOpen >= _quiet && Size(_quiet) <= _options.Tolerances[0];

    /// <summary>Takes one closed window. A window without rows changes nothing.</summary>
    /// <param name="counts">J counts in [0, <paramref name="rows"/>].</param>
    /// <param name="rows">Rows of the window.</param>
    /// <param name="baselineAngles">J expected angles, from <see cref="EventReference.Baseline"/>.</param>
    /// <param name="increment">The window's length Δ on the clock of <see cref="TedOptions.AlarmLimit"/>; positive.</param>
    /// <param name="windowOrdinal">Number of the window, rising.</param>
    /// <exception cref="ArgumentException">A length or a value is outside its range.</exception>
    public void Step(ReadOnlySpan<long> counts, long rows, ReadOnlySpan<double> baselineAngles, double increment, long windowOrdinal)
    {
        Require(counts, rows, baselineAngles, increment);
        if (rows == 0) { return; }
        if (!_started)
        {
            _started = true;
            _since.AsSpan().Fill(windowOrdinal - 1);
        }
        _lastWindow = windowOrdinal;

        // In the clock's units the promise is A; one window knows it as A/Δ windows, and the caps are in windows.
        double logAlarm = Math.Log(_options.AlarmLimit / increment);
        double slowCap = _reference.Track ? 2 * logAlarm : _reference.Heavy ? logAlarm : UncappedLogEvidence;
        Span<double> logs = stackalloc double[2 * (Alternatives.Length + 1)];
        for (int level = 0; level < _tolerances.Length; level++)
        {
            double largest = OpenLevel >= level ? _options.AlarmLimit : LargestR * increment;
            int slow = level * _lanes * LaneSize, fast = slow + LaneSize;
            for (int j = 0; j < counts.Length; j++)
            {
                for (int side = 0; side < Sides; side++)
                {
                    double sign = side == 0 ? 1 : -1;
                    int offset = (j * Sides + side) * Alternatives.Length;
                    var ends = Logs(baselineAngles[j], sign, _tolerances[level], logs);
                    var window = new Window(counts[j], rows, increment, largest, windowOrdinal);
                    Advance(slow + offset, window, _reference.TauSquared, slowCap, ends, logs);
                    if (_lanes == 1) { continue; }
                    double foretold = Math.Clamp(sign * _wobble[j], 0, WobbleTracker.Reach * _reference.S[j]);
                    if (foretold > 0) { ends = Logs(baselineAngles[j], sign, _tolerances[level] + foretold, logs); }
                    Advance(fast + offset, window, _reference.Pf[j], logAlarm, ends, logs);
                }
            }
        }
        if (_lanes == 2) { Track(counts, rows, baselineAngles); }
        _recent.Push(counts, rows, baselineAngles);
        if (OpenLevel >= 0) { LiveWindowsSinceOpen++; }
    }

    /// <summary>Evidence at a level, M: the mean of the components, half and half over the lanes where there are two.</summary>
    /// <param name="level">Index into the tolerances.</param>
    /// <returns>A number ≥ 0 in the clock's units.</returns>
    public double Evidence(int level)
    {
        double evidence = 0;
        for (int lane = 0; lane < _lanes; lane++) { evidence += LaneEvidence(level, lane) / _lanes; }
        return evidence;
    }

    /// <summary>Mean of the components of one lane: 0 the slow one, 1 the fast one.</summary>
    internal double LaneEvidence(int level, int lane)
    {
        RequireLevel(level);
        double sum = 0;
        foreach (double r in _r.AsSpan((level * _lanes + lane) * LaneSize, LaneSize)) { sum += r; }
        return LaneSize == 0 ? 0 : sum / LaneSize;
    }

    /// <summary>Opens an episode at a level or raises it: the evidence of that level and those below starts again.</summary>
    /// <param name="level">Index into the tolerances, not below the open one.</param>
    public void Open(int level)
    {
        RequireLevel(level);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, OpenLevel);
        if (OpenLevel < 0) { LiveWindowsSinceOpen = 0; }
        OpenLevel = level;
        Clear(level + 1);
    }

    /// <summary>Ends the episode; all evidence starts again. What is foretold of the wobble is kept.</summary>
    public void Close()
    {
        OpenLevel = -1;
        LiveWindowsSinceOpen = 0;
        Clear(_tolerances.Length);
    }

    /// <summary>Largest absolute angle shift over events, pooled over the last windows with rows; 0 before any.</summary>
    /// <param name="windows">How many; those kept are max(2 days, 6 windows).</param>
    public double Size(int windows)
    {
        double size = 0;
        for (int j = 0; j < _reference.Events; j++)
        {
            var (count, rows, expected) = _recent.Sum(j, windows);
            if (rows > 0) { size = Math.Max(size, Math.Abs(TedSize.Shift(count, rows, expected))); }
        }
        return size;
    }

    /// <summary>Size and interval of the event with the largest shift over the last windows with rows.</summary>
    /// <param name="windows">How many; those kept are max(2 days, 6 windows). Below max(1 day, 6 windows) the interval says too little.</param>
    /// <returns>Event −1 and an infinite interval before any window.</returns>
    public TedSize HeadlineSize(int windows)
    {
        var headline = new TedSize(-1, 0, double.PositiveInfinity, 0, 0);
        for (int j = 0; j < _reference.Events; j++)
        {
            var (count, rows, expected) = _recent.Sum(j, windows);
            if (rows == 0) { continue; }
            if (headline.Event < 0 || Math.Abs(TedSize.Shift(count, rows, expected)) > Math.Abs(headline.AngleShift))
            {
                headline = TedSize.Of(_reference, j, count, rows, expected, Math.Min(windows, _recent.Length));
            }
        }
        return headline;
    }

    /// <summary>The component with the most evidence at a level.</summary>
    /// <param name="level">Index into the tolerances.</param>
    public TedLead Lead(int level)
    {
        RequireLevel(level);
        int start = level * _lanes * LaneSize, best = start;
        for (int i = start + 1; i < start + _lanes * LaneSize; i++)
        {
            if (_r[i] > _r[best]) { best = i; }
        }
        int component = (best - start) % Math.Max(LaneSize, 1);
        int side = component / Alternatives.Length % Sides == 0 ? 1 : -1;
        return new TedLead(component / (Alternatives.Length * Sides), side, _since.Length == 0 ? _lastWindow : _since[best]);
    }

    /// <summary>Multiplies all evidence, as when a new plan gives the column a larger share.</summary>
    /// <param name="factor">In [0, 1]: evidence is never raised.</param>
    public void Scale(double factor)
    {
        if (factor is not (>= 0 and <= 1)) { throw new ArgumentOutOfRangeException(nameof(factor), factor, "Expected a factor in [0, 1]."); }
        foreach (ref double r in _r.AsSpan()) { r *= factor; }
    }

    /// <summary>The whole state; a detector read from it continues with the same bits.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(_reference.Events);
        writer.Count(_tolerances.Length);
        writer.Count(_lanes);
        writer.Integer(OpenLevel);
        writer.Count(LiveWindowsSinceOpen);
        writer.Flag(_started);
        writer.Integer(_lastWindow);
        writer.Doubles(_r);
        foreach (long since in _since) { writer.Integer(_lastWindow - since); }
        if (_lanes == 2) { writer.Doubles(_wobble); }
        _recent.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="reference">The reference of the detector that wrote it.</param>
    /// <param name="options">Options with the same number of levels and lanes.</param>
    /// <param name="bytes">The state.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or belong to another reference.</exception>
    public static TedDetector FromBytes(EventReference reference, TedOptions options, ReadOnlySpan<byte> bytes)
    {
        var detector = new TedDetector(reference, options);
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a detector's state");
        if (reader.Count() != reference.Events || reader.Count() != detector._tolerances.Length || reader.Count() != detector._lanes)
        {
            throw new InvalidDataException("The state belongs to a detector of another shape.");
        }
        detector.OpenLevel = (int)Math.Clamp(reader.Integer(), -1, detector._tolerances.Length - 1);
        detector.LiveWindowsSinceOpen = reader.Small();
        detector._started = reader.Flag();
        detector._lastWindow = reader.Integer();
        reader.Doubles(detector._r.AsSpan());
        foreach (ref long since in detector._since.AsSpan()) { since = detector._lastWindow - reader.Integer(); }
        if (detector._lanes == 2) { reader.Doubles(detector._wobble.AsSpan()); }
        detector._recent.Read(ref reader);
        reader.End();
        return detector;
    }

    /// <summary>Half angles of the band's end and the alternatives as pairs ln sin, ln cos.</summary>
    /// <returns>One bit for each alternative that can say something: those whose angle is not clipped onto the band's end.</returns>
    private static int Logs(double baseline, double sign, double tolerance, Span<double> logs)
    {
        int useful = 0;
        double end = Clip(baseline + sign * tolerance);
        for (int i = 0; i <= Alternatives.Length; i++)
        {
            double half = i == 0 ? end : Clip(baseline + sign * (tolerance + Alternatives[i - 1]));
            if (i > 0 && half != end) { useful |= 1 << (i - 1); }
            // Sine and cosine, never ln(1 − q): near the ends the latter would lose all digits where n − K is large.
            var (sine, cosine) = Math.SinCos(half);
            logs[2 * i] = Math.Log(sine);
            logs[2 * i + 1] = Math.Log(cosine);
        }
        return useful;

        static double Clip(double angle) => Math.Clamp(angle, Edge, Math.PI - Edge) / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(int at, in Window window, double variance, double cap, int useful, ReadOnlySpan<double> logs)
    {
        double discount = 2 / (1 + window.Rows * variance);
        for (int i = 0; i < Alternatives.Length; i++)
        {
            // Both ends clipped: the component can say nothing, and adding Δ would let it grow to A by itself.
            if ((useful & (1 << i)) != 0)
            {
                double evidence = discount * (window.Count * (logs[2 * i + 2] - logs[0])
                    + (window.Rows - window.Count) * (logs[2 * i + 3] - logs[1]));
                double factor = Math.Exp(Math.Max(Math.Min(evidence, cap), LowestLogEvidence));
                _r[at + i] = Math.Min((_r[at + i] + window.Increment) * factor, window.Largest);
            }
            if (_r[at + i] < window.Increment) { _since[at + i] = window.Ordinal; }
        }
    }

    private void Track(ReadOnlySpan<long> counts, long rows, ReadOnlySpan<double> baselineAngles)
    {
        for (int j = 0; j < counts.Length; j++)
        {
            double residual = EventReferenceFit.Residual(counts[j], rows, Angle.Inverse(baselineAngles[j]));
            _wobble[j] = WobbleTracker.Step(_wobble[j], residual, rows, _reference.TrackerVariance[j], _reference.Rho);
        }
    }

    private void Clear(int levels)
    {
        int length = levels * _lanes * LaneSize;
        _r.AsSpan(0, length).Clear();
        _since.AsSpan(0, length).Fill(_lastWindow);
    }

    private void RequireLevel(int level) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)level, (uint)_tolerances.Length, nameof(level));

    private void Require(ReadOnlySpan<long> counts, long rows, ReadOnlySpan<double> baselineAngles, double increment)
    {
        int events = _reference.Events;
        if (counts.Length != events) { throw new ArgumentException($"Expected {events} counts, got {counts.Length}.", nameof(counts)); }
        if (baselineAngles.Length != events)
        {
            throw new ArgumentException($"Expected {events} angles, got {baselineAngles.Length}.", nameof(baselineAngles));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (!(increment > 0 && double.IsFinite(increment)))
        {
            throw new ArgumentOutOfRangeException(nameof(increment), increment, "Expected a positive length.");
        }
        for (int j = 0; j < events; j++)
        {
            if (counts[j] < 0 || counts[j] > rows)
            {
                throw new ArgumentException($"Count {counts[j]} of event {j} is outside [0, {rows}].", nameof(counts));
            }
            if (!(baselineAngles[j] is > 0 and < Math.PI))
            {
                throw new ArgumentException($"Baseline angle {baselineAngles[j]} of event {j} is outside (0, π).", nameof(baselineAngles));
            }
        }
    }

    /// <summary>What one event contributes in one window.</summary>
    private readonly record struct Window(double Count, double Rows, double Increment, double Largest, long Ordinal);
}
