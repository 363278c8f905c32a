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
        Detector = baseline is null ? null : new TedDetector(baseline.Reference, Options(baseline));
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

    /// <summary>First window of the last day that was judged whole while provisional; null before the first.</summary>
    public long? JudgedDay { get; private set; }

    /// <summary>Whether the rhythm is not known: only critical shifts count.</summary>
    public bool IsProvisional => Baseline is { HasRhythm: false };

    /// <summary>Whether a severity (0 warning, 1 major, 2 critical) may decide.</summary>
    public bool Decides(int level) => Detector is { } detector && level > detector.OpenLevel && (!IsProvisional || level == 2);

    /// <summary>Windows of the detector from one window to another: days while provisional.</summary>
    public int Span(long from, long to) => (int)Math.Clamp(
        IsProvisional ? (to - from) / _clock.WindowsPerDay : to - from + 1, 1, SettlingWindows);

    /// <summary>The window after a window of the detector.</summary>
    public long After(long ordinal) => IsProvisional ? ordinal + _clock.WindowsPerDay : ordinal + 1;

    /// <summary>Windows of the detector after which a size has an interval.</summary>
    public int SettlingWindows => IsProvisional ? 6 : Math.Max(_clock.WindowsPerDay, 6);

    public void Step(long ordinal, DateTime localStart, double years, long rows, ReadOnlySpan<long> counts)
    {
        if (IsProvisional) { StepDay(localStart); }
        else if (Detector is not null)
        {
            Rhythm.Keys(_clock.Factors, localStart, false, _keys);
            StepDetector(ordinal, years, rows, counts);
        }
        if (Learning is not null && rows > 0) { Learning.Add(ordinal, counts, rows); }
        LearnRhythm(ordinal);
    }

    /// <summary>
    /// While the rhythm is unknown a whole local day is one window: what rises every morning and falls every night is no shift. The
    /// day is stepped with the first window after it.
    /// </summary>
    private void StepDay(DateTime localStart)
    {
        if (Learning!.Last is not { } last || _clock.LocalDate(last) is var day && day >= localStart.Date) { return; }
        long first = _clock.DayStart(last);
        // Windows without values add nothing to learn from, so the last day stays the last through an outage; it counts once.
        if (first == JudgedDay) { return; }
        JudgedDay = first;
        var (rows, windows) = Learning.SumFrom(first, _counts);
        if (windows < 0.75 * _clock.WindowsPerDay) { return; } // Part of a day is not like a day.
        StepDetector(first, 1 / 365.25, rows, _counts);
    }

    private void StepDetector(long ordinal, double years, long rows, ReadOnlySpan<long> counts)
    {
        Baseline!.Reference.Baseline(_keys.AsSpan(0, Baseline.Reference.Factors.Length), _angles);
        Detector!.Step(counts, rows, _angles, years, ordinal);
    }

    /// <summary>Without rhythm the detector sees days.</summary>
    private TedOptions Options(StreamBaseline baseline) => baseline.HasRhythm ? _clock.Options : _clock.Options with { FastLane = false, WindowsPerDay = 1 };

    /// <summary>Resumes from stored parts.</summary>
    public void Restore(StreamBaseline? baseline, byte[]? detector, byte[]? learning, Episode? episode, long? judgedDay)
    {
        Baseline = baseline;
        Detector = baseline is null || detector is null ? null : TedDetector.FromBytes(baseline.Reference, Options(baseline), detector);
        Learning = learning is null ? null : LearningCounts.FromBytes(Stream.Events, learning);
        Episode = episode;
        JudgedDay = judgedDay;
    }

    /// <summary>A larger share of the budget than when the evidence was gathered must not raise what the evidence says.</summary>
    public void Reweigh(double before, double now)
    {
        if (now > before) { Detector?.Scale(before / now); }
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
        JudgedDay = null;
    }
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

    /// <summary>Local date on which a window begins.</summary>
    public DateTime LocalDate(long ordinal) => Grid.LocalStart(Grid.At(ordinal)).Date;

    /// <summary>The window at whose start the local day of a window began.</summary>
    public long DayStart(long ordinal)
    {
        var date = LocalDate(ordinal);
        while (LocalDate(ordinal - 1) == date) { ordinal--; }
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
