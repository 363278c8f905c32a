using System.Collections.Immutable;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Alerts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Performance;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring;

/// <summary>
/// The one place where a model's rows become windows, detector steps, findings and alerts. It reads no clock and no store: the same
/// windows in the same order give the same findings, byte for byte, in a grain, in a replay and in a test.
/// </summary>
public sealed class ModelMonitor
{
    private readonly DriftWatch _drift;
    private readonly AlertBook _alerts;
    private readonly Dictionary<string, ThresholdState> _thresholds;

    public ModelMonitor(CompiledPlan plan, FittedReference? reference, MonitorState state)
    {
        (Plan, Reference) = (plan, reference?.For(plan));
        Schema = Reference?.Schema ?? new BinSchema([], plan.LatencyObjectiveMicroseconds);
        Clock = new WatchClock(new WindowGrid(plan.Window, plan.Zone), plan.FalseAlarmsPerYear);
        _drift = new DriftWatch(plan, Reference, Schema, Clock) { Began = state.Began };
        _alerts = new AlertBook(plan.Model, state.Alerts);
        _thresholds = new Dictionary<string, ThresholdState>(state.Thresholds, StringComparer.Ordinal);
        (ClosedThrough, FirstWindow, Version) = (state.ClosedThrough, state.FirstWindow, state.Version);
        (OutcomeSequence, PredictionSequence, CloseSequence) = (state.OutcomeSequence, state.PredictionSequence, state.CloseSequence);
        Restore(state);
    }

    public CompiledPlan Plan { get; }

    /// <summary>Null while learning.</summary>
    public FittedReference? Reference { get; }

    public BinSchema Schema { get; }

    public WatchClock Clock { get; }

    public DateTimeOffset? ClosedThrough { get; private set; }

    public DateTimeOffset? FirstWindow { get; private set; }

    /// <summary>Newest outcome taken into account.</summary>
    public long OutcomeSequence { get; set; }

    /// <summary>Predictions up to this place in the log are counted in the summaries of the windows closed.</summary>
    public long PredictionSequence { get; set; }

    /// <summary>Place in the log of the newest close evaluated.</summary>
    public long CloseSequence { get; set; }

    /// <summary>The model version of the newest row seen; null where rows name none.</summary>
    public string? Version { get; set; }

    public ImmutableArray<StreamWatch> Streams => _drift.Streams;

    public IReadOnlyCollection<Alert> FiringAlerts => _alerts.Firing;

    /// <summary>Closes the next window: steps the detectors once, reports what is known at its end.</summary>
    /// <param name="outcomes">The window's rows beside their outcomes; null when no outcome is known.</param>
    public (WindowReport Report, IReadOnlyList<Finding> Findings) Close(TimeWindow window, WindowSummary summary, JoinedSlice? outcomes)
    {
        FirstWindow ??= window.Start;
        ClosedThrough = window.End;
        var findings = new List<Finding>();
        foreach (var change in _drift.Step(window, summary))
        {
            string monitor = change.Stream.Topic + ".ted";
            if (change.Finding is { } finding)
            {
                findings.Add(finding);
                _alerts.Raise(monitor, finding, window.End);
            }
            else { _alerts.Resolve(monitor, change.Stream.Column, window.End, "back inside the tolerance"); }
        }
        var report = Report(window, 1, summary, outcomes, window.End);
        Judge(report, window.End, findings);
        return (report, findings);
    }

    /// <summary>Reports an earlier window anew with the outcomes known at an instant.</summary>
    public (WindowReport Report, IReadOnlyList<Finding> Findings) Revise(WindowReport earlier, JoinedSlice outcomes, DateTimeOffset asOf)
    {
        var performance = Performance(outcomes, outcomes.Count, asOf);
        var measures = new SortedDictionary<string, MeasureReport>(StringComparer.Ordinal);
        foreach (var (name, measure) in earlier.Measures) { measures[name] = measure; }
        foreach (var (name, measure) in performance.Measures) { measures[name] = measure; }
        var report = new WindowReport(
            earlier.Start, earlier.End, earlier.Revision + 1, asOf, performance.Rows, performance.Outcomes, Share(performance.Outcomes, performance.Rows), measures);
        var findings = new List<Finding>();
        Judge(report, asOf, findings);
        return (report, findings);
    }

    /// <summary>
    /// Reports a closed window anew with the rows that came after its close. Detectors, thresholds and alerts hear nothing of it: they
    /// judged the window when it closed, and what they said stays.
    /// </summary>
    /// <param name="earlier">The report so far; null where the window was empty when it closed.</param>
    public WindowReport Recount(TimeWindow window, WindowReport? earlier, WindowSummary summary, JoinedSlice rows, DateTimeOffset asOf) =>
        Report(window, (earlier?.Revision ?? 1) + 1, summary, rows, asOf);

    /// <summary>Passes over windows in which nothing happened.</summary>
    public void SkipTo(DateTimeOffset through) => ClosedThrough = through;

    public ImmutableArray<AlertNotification> TakeNotifications() => _alerts.TakeNotifications();

    public MonitorState ToState() => new()
    {
        ClosedThrough = ClosedThrough,
        FirstWindow = FirstWindow,
        OutcomeSequence = OutcomeSequence,
        PredictionSequence = PredictionSequence,
        CloseSequence = CloseSequence,
        Version = Version,
        Reference = Reference?.Digest,
        Window = Plan.Window,
        Zone = Plan.Zone.Id,
        LatencyObjectiveMicroseconds = Plan.LatencyObjectiveMicroseconds,
        Began = _drift.Began,
        Streams = [.. Streams.Select((s, i) => new StreamState(
            s.Stream.Key, s.Baseline is { } b && Reference?.Find(s.Stream.Key) != b ? b.Reference.ToBytes() : null,
            s.Detector?.ToBytes(), s.Learning?.ToBytes(), s.Episode, s.JudgedDay, _drift.StreamWeights[i]))],
        Thresholds = _thresholds,
        Alerts = [.. _alerts.Firing],
    };

    private void Restore(MonitorState state)
    {
        var at = state.ClosedThrough ?? DateTimeOffset.UnixEpoch;
        _alerts.KeepOnly(a => a.Monitor.EndsWith(".ted", StringComparison.Ordinal) || Plan.Thresholds.Any(t => t.Id == a.Monitor), at, "its threshold left the plan");
        if (state.Reference != Reference?.Digest || !state.HasWindowsOf(Plan) || state.ClosedThrough is null)
        {
            // Evidence against another reference, or over other windows, says nothing about this one.
            _alerts.KeepOnly(a => !a.Monitor.EndsWith(".ted", StringComparison.Ordinal), at, state.HasWindowsOf(Plan) ? "a new reference is in force" : "the model has other windows now");
            _drift.Began = null;
            return;
        }
        _alerts.KeepOnly(a => !a.Monitor.EndsWith(".ted", StringComparison.Ordinal) || Streams.Any(s => s.Stream.Column == a.Column), at, "its column left the plan");
        bool sameObjective = state.LatencyObjectiveMicroseconds == Plan.LatencyObjectiveMicroseconds;
        if (!sameObjective) { _alerts.KeepOnly(a => a.Column != EventStream.LatencyColumn, at, "the latency objective changed"); }
        var stored = state.Streams.ToDictionary(s => s.Key, StringComparer.Ordinal);
        for (int i = 0; i < Streams.Length; i++)
        {
            var watch = Streams[i];
            if (!stored.TryGetValue(watch.Stream.Key, out var s) || (watch.Stream.Kind == StreamKind.Latency && !sameObjective)) { continue; }
            var baseline = s.Learnt is { } learnt
                ? new StreamBaseline(s.Key, true, Statistics.Drift.EventReference.FromBytes(learnt))
                : Reference?.Find(s.Key);
            watch.Restore(baseline, s.Detector, s.Learning, s.Episode, s.JudgedDay);
            watch.Reweigh(s.Weight ?? _drift.StreamWeights[i], _drift.StreamWeights[i]);
        }
    }

    private WindowReport Report(TimeWindow window, int revision, WindowSummary summary, JoinedSlice? outcomes, DateTimeOffset asOf)
    {
        var performance = Performance(outcomes, summary.Rows, asOf);
        var measures = new SortedDictionary<string, MeasureReport>(StringComparer.Ordinal);
        foreach (var (name, measure) in performance.Measures) { measures[name] = measure; }
        foreach (var (name, measure) in OperationsMeasures.Of(summary)) { measures[name] = measure; }
        return new WindowReport(
            window.Start, window.End, revision, asOf, summary.Rows, performance.Outcomes, Share(performance.Outcomes, summary.Rows), measures);
    }

    private void Judge(WindowReport report, DateTimeOffset at, List<Finding> findings)
    {
        foreach (var verdict in ThresholdWatch.Judge(Plan, report, _thresholds))
        {
            if (verdict.Finding is { } finding)
            {
                findings.Add(finding);
                _alerts.Raise(verdict.Threshold.Id, finding, at);
            }
            else { _alerts.Resolve(verdict.Threshold.Id, verdict.Threshold.Measure, at, "back within your threshold"); }
        }
    }

    private RealisedPerformance Performance(JoinedSlice? outcomes, long rows, DateTimeOffset knownAt)
    {
        var slice = outcomes ?? JoinedSlice.Empty;
        var performance = PerformanceMeasures.Of(Plan, slice.Rows, slice.First, slice.Count, knownAt.ToMicroseconds());
        if (performance.Outcomes > 0) { return performance; }
        var none = performance.Measures.Keys.ToDictionary(name => name, _ => new MeasureReport(null, null, null, true, "noOutcomes"), StringComparer.Ordinal);
        return new RealisedPerformance(rows, 0, none);
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
