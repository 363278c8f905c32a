using System.Collections.Immutable;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Drift;

/// <summary>A change of an episode: a finding that opens or raises it, or its return.</summary>
public sealed record EpisodeChange(EventStream Stream, Finding? Finding, bool Returned);

/// <summary>
/// All streams of one model under one budget. Each component keeps evidence R that grows with the years watched and with what windows
/// prove; M = Σ w·R over all of them is a supermartingale less the time, so its mean time to a false alarm is at least 1/budget.
/// </summary>
/// <remarks>Source: Ville's inequality and e-detectors, Shin, Ramdas, Rinaldo, "E-detectors", New England J. Stat. Data Sci. 2(2), 2024.</remarks>
public sealed class DriftWatch
{
    private static readonly ImmutableArray<double> LevelShares = [.5, .3, .2];

    private readonly CompiledPlan _plan;
    private readonly FittedReference? _reference;
    private readonly BinSchema _schema;
    private readonly WatchClock _clock;
    private readonly ImmutableArray<StreamWatch> _streams;
    private readonly double[] _weights;

    public DriftWatch(CompiledPlan plan, FittedReference? reference, BinSchema schema, WatchClock clock)
    {
        (_plan, _reference, _schema, _clock) = (plan, reference, schema, clock);
        _streams = [.. EventStream.Of(schema).Where(stream => plan.Watches(stream.Column)).Select(stream => new StreamWatch(stream, reference?.Find(stream.Key), clock))];
        _weights = Weights(_streams);
    }

    public ImmutableArray<StreamWatch> Streams => _streams;

    /// <summary>Share of the budget of each stream.</summary>
    public IReadOnlyList<double> StreamWeights => _weights;

    /// <summary>When the watch began; the horizon of confirmed names.</summary>
    public DateTimeOffset? Began { get; set; }

    /// <summary>Steps every stream over one closed window and settles what the evidence says.</summary>
    public IReadOnlyList<EpisodeChange> Step(TimeWindow window, WindowSummary summary)
    {
        Began ??= window.Start;
        long ordinal = _clock.Grid.OrdinalOf(window.Start);
        var localStart = _clock.Grid.LocalStart(window);
        double years = (window.End - window.Start).TotalDays / 365.25;
        Span<long> counts = stackalloc long[320];
        var changes = new List<EpisodeChange>();
        foreach (var stream in _streams)
        {
            var mine = counts[..stream.Stream.Events];
            long rows = stream.Stream.Count(_schema, summary, mine);
            stream.Step(ordinal, localStart, years, rows, mine);
            if (rows > 0 && stream.Detector is { ShouldReturn: true } detector)
            {
                detector.Close();
                stream.Episode = null;
                changes.Add(new EpisodeChange(stream.Stream, null, Returned: true));
            }
        }
        while (Evidence() >= _clock.Limit && OpenLargest(window, changes)) { }
        return changes;
    }

    /// <summary>The model's evidence M, in years.</summary>
    public double Evidence()
    {
        double sum = 0;
        for (int s = 0; s < _streams.Length; s++)
        {
            for (int level = 0; level < LevelShares.Length; level++)
            {
                if (_streams[s].Decides(level)) { sum += _weights[s] * LevelShares[level] * _streams[s].Detector!.Evidence(level); }
            }
        }
        return sum;
    }

    /// <summary>Opens or raises every stream whose own evidence passes the limit; false when none does.</summary>
    private bool OpenLargest(TimeWindow window, List<EpisodeChange> changes)
    {
        var confirmed = Confirmed(window);
        bool any = false;
        for (int s = 0; s < _streams.Length; s++)
        {
            var stream = _streams[s];
            int level = LevelShares.Length - 1;
            while (level >= 0 && !(stream.Decides(level) && stream.Detector!.Evidence(level) >= _clock.Limit)) { level--; }
            if (level < 0) { continue; }
            any = true;
            if (Open(stream, level, window, confirmed.Contains(s)) is { } finding) { changes.Add(new EpisodeChange(stream.Stream, finding, Returned: false)); }
        }
        return any;
    }

    private Finding? Open(StreamWatch stream, int level, TimeWindow window, bool confirmed)
    {
        var detector = stream.Detector!;
        double evidence = detector.Evidence(level);
        var lead = detector.Lead(level);
        // The last window without evidence was still as before; the change begins with the next.
        long begun = Math.Min(stream.After(lead.SinceWindow), _clock.Grid.OrdinalOf(window.Start));
        var since = stream.Episode?.Since ?? _clock.Grid.At(begun).Start;
        int span = stream.Span(_clock.Grid.OrdinalOf(since), _clock.Grid.OrdinalOf(window.Start));
        double size = Largest(detector, span);
        bool isNews = stream.Episode is not { } episode || size >= 1.5 * episode.Announced;
        var headline = detector.HeadlineSize(span);
        detector.Open(level);
        if (!isNews) { return null; } // The level is shown; only a real growth in size is told.
        stream.Episode = new Episode(stream.Episode?.OpenedAt ?? window.End, since, size);
        return DriftFinding.Of(
            _plan, _schema, stream, headline, span >= stream.SettlingWindows, window, since, (Severity)(level + 1), confirmed,
            new FindingEvidence(evidence, _clock.Limit, "years"), new FindingBasis(_reference?.Digest, _schema.Id, _plan.PlanRevision, 1));
    }

    private static double Largest(TedDetector detector, int span)
    {
        double largest = 0;
        for (int m = 1; m <= span; m++) { largest = Math.Max(largest, detector.Size(m)); }
        return largest;
    }

    /// <summary>Streams that e-BH confirms at level warning over the time watched (a year at most).</summary>
    private HashSet<int> Confirmed(TimeWindow window)
    {
        var watched = Enumerable.Range(0, _streams.Length).Where(s => _streams[s].Detector is not null).ToArray();
        if (watched.Length == 0) { return []; }
        double[] evidence = [.. watched.Select(s => _streams[s].Detector!.Evidence(_streams[s].IsProvisional ? 2 : 0))];
        double horizon = Math.Clamp((window.End - Began!.Value).TotalDays / 365.25, 1e-9, 1);
        return [.. EBenjaminiHochberg.Confirm(evidence, horizon).Select(i => watched[i])];
    }

    /// <summary>Each pool's share over its streams; pools without streams give theirs to the others.</summary>
    private static double[] Weights(ImmutableArray<StreamWatch> streams)
    {
        static double Share(BudgetPool pool) => pool switch
        {
            BudgetPool.Inputs => .4,
            _ => .1,
        };
        double present = streams.Select(s => s.Stream.Pool).Distinct().Sum(Share);
        var sizes = streams.CountBy(s => s.Stream.Pool).ToDictionary();
        return [.. streams.Select(s => Share(s.Stream.Pool) / present / sizes[s.Stream.Pool])];
    }
}
