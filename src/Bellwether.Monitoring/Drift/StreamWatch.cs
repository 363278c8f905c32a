using System.Collections.Immutable;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Statistics.Drift;

namespace Bellwether.Monitoring.Drift;

/// <summary>One stream under watch: its baseline, its detector, and what it still has to learn.</summary>
public sealed class StreamWatch
{
    /// <summary>Event time from which a stream without rhythm learns it.</summary>
    public static readonly TimeSpan LearningTime = TimeSpan.FromDays(28);

    private readonly WatchClock _clock;
    private readonly double[] _angles;
    private readonly long[] _counts;
    private readonly int[] _keys;

    public StreamWatch(EventStream stream, StreamBaseline? baseline, WatchClock clock)
    {
        (Stream, Baseline, _clock) = (stream, baseline, clock);
        (_angles, _counts, _keys) = (new double[stream.Events], new long[stream.Events], new int[clock.Factors.Length]);
        Detector = baseline is null ? null : new TedDetector(baseline.Reference, clock.Options);
        Learning = baseline is { HasRhythm: true } ? null : new LearningCounts(stream.Events);
    }

    public EventStream Stream { get; }

    /// <summary>Null while learning.</summary>
    public StreamBaseline? Baseline { get; private set; }

    /// <summary>Null while learning.</summary>
    public TedDetector? Detector { get; private set; }

    /// <summary>Null once the rhythm is known.</summary>
    public LearningCounts? Learning { get; private set; }

    public Episode? Episode { get; set; }

    /// <summary>Whether the rhythm is not known: only critical shifts count.</summary>
    public bool IsProvisional => Baseline is { HasRhythm: false };

    /// <summary>Counts of the last window, for the page and the finding.</summary>
    public ReadOnlySpan<long> LastCounts => _counts;

    /// <summary>Whether a severity (0 warning, 1 major, 2 critical) may decide.</summary>
    public bool Decides(int level) => Detector is { } detector && level > detector.OpenLevel && (!IsProvisional || level == 2);

    public void Step(long ordinal, DateTime localStart, double years, long rows, ReadOnlySpan<long> counts)
    {
        counts.CopyTo(_counts);
        if (Learning is not null && rows > 0) { Learning.Add(ordinal, counts, rows); }
        if (Detector is not null)
        {
            SetKeys(localStart);
            Baseline!.Reference.Baseline(_keys.AsSpan(0, Baseline.Reference.Factors.Length), _angles);
            Detector.Step(counts, rows, _angles, years, ordinal);
        }
        LearnRhythm(ordinal);
    }

    /// <summary>Resumes from stored parts.</summary>
    public void Restore(StreamBaseline? baseline, byte[]? detector, byte[]? learning, Episode? episode)
    {
        Baseline = baseline;
        Detector = baseline is null || detector is null ? null : TedDetector.FromBytes(baseline.Reference, _clock.Options, detector);
        Learning = learning is null ? null : LearningCounts.FromBytes(Stream.Events, learning);
        Episode = episode;
    }

    private void LearnRhythm(long ordinal)
    {
        if (Learning?.First is not { } first || _clock.Grid.At(ordinal).End - _clock.Grid.At(first).Start < LearningTime) { return; }
        long from = _clock.DayStart(first);
        var (counts, rows) = Learning.Lay(from, ordinal + 1);
        if (_clock.Fit(from, counts, rows) is not { } fitted) { return; } // Too few windows with rows: go on learning.
        Baseline = new StreamBaseline(Stream.Key, true, fitted);
        Detector = new TedDetector(fitted, _clock.Options);
        Learning = null;
        Episode = null;
    }

    private void SetKeys(DateTime localStart) => Rhythm.Keys(_clock.Factors, localStart, false, _keys);
}

/// <summary>How streams of one model see time: the grid of windows, its rhythm, the budget's limit in years.</summary>
public sealed class WatchClock(WindowGrid grid, double falseAlarmsPerYear)
{
    public WindowGrid Grid { get; } = grid;

    public ImmutableArray<RhythmFactor> Factors { get; } = Rhythm.For(grid.Window);

    public int WindowsPerDay { get; } = Rhythm.WindowsPerDay(grid.Window);

    /// <summary>Evidence at which an alarm is due, in years.</summary>
    public double Limit { get; } = 1 / falseAlarmsPerYear;

    public TedOptions Options { get; } = new(1 / falseAlarmsPerYear, TedOptions.DefaultTolerances, FastLane: true, Rhythm.WindowsPerDay(grid.Window));

    /// <summary>The window at whose start the local day of a window began.</summary>
    public long DayStart(long ordinal)
    {
        var date = Grid.LocalStart(Grid.At(ordinal)).Date;
        while (Grid.LocalStart(Grid.At(ordinal - 1)).Date == date) { ordinal--; }
        return ordinal;
    }

    /// <summary>Fits a baseline over consecutive windows; null when there is too little.</summary>
    public EventReference? Fit(long from, ReadOnlySpan<long> counts, ReadOnlySpan<long> rows)
    {
        var keys = new int[rows.Length * Factors.Length];
        for (int w = 0; w < rows.Length; w++)
        {
            Rhythm.Keys(Factors, Grid.LocalStart(Grid.At(from + w)), false, keys.AsSpan(w * Factors.Length, Factors.Length));
        }
        return EventReference.TryFit(counts, rows, Factors, keys, WindowsPerDay);
    }
}
