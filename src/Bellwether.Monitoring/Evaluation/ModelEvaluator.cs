using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>Drives one model's monitor over its log and stores what comes of it. Not for two threads at once.</summary>
public sealed class ModelEvaluator
{
    private readonly IModelLog _log;
    private readonly IMonitorStore _store;
    private readonly CompiledPlan _plan;
    private ModelMonitor _monitor;
    private long _version;

    private ModelEvaluator(IModelLog log, IMonitorStore store, CompiledPlan plan, ModelMonitor monitor, long version) =>
        (_log, _store, _plan, _monitor, _version) = (log, store, plan, monitor, version);

    public ModelKey Model => _plan.Model;

    public CompiledPlan Plan => _plan;

    /// <summary>Windows that end at or before this instant are closed; null before the first close.</summary>
    public DateTimeOffset? ClosedThrough => _monitor.ClosedThrough;

    /// <summary>Loads a model's definition, plan, reference and state; null for an unknown model.</summary>
    /// <exception cref="InvalidDataException">What is stored does not fit together, with every fault.</exception>
    public static async Task<ModelEvaluator?> LoadAsync(ModelKey model, IModelLog log, IMonitorStore store, CancellationToken cancellationToken)
    {
        if (await store.FindModelAsync(model, cancellationToken) is not { } stored) { return null; }
        var storedPlan = await store.FindPlanAsync(model, cancellationToken);
        var plan = storedPlan is null ? null : PlanReader.Read(storedPlan.Text).Plan;
        var compiled = CompiledPlan.Compile(model, stored.Definition, plan, storedPlan?.Revision ?? 0, out var faults)
            ?? throw new InvalidDataException($"Model {model}: {string.Join(" ", faults.Select(f => $"{f.Path}: {f.Message}"))}");
        var reference = await store.FindReferenceAsync(model, cancellationToken) is { } storedReference ? FittedReference.FromBytes(storedReference.Fitted) : null;
        var state = await store.LoadStateAsync(model, cancellationToken);
        var monitor = new ModelMonitor(compiled, reference, state is { } s ? MonitorState.FromBytes(s.State) : new MonitorState());
        return new ModelEvaluator(log, store, compiled, monitor, state?.Version ?? 0);
    }

    /// <summary>Closes every window that ends at or before an instant and evaluates it; null when there was nothing to do.</summary>
    /// <param name="at">Arrival time, for the record of the close.</param>
    /// <exception cref="FencedException">Another owner stored this model's state first; load anew.</exception>
    public Task<EvaluationChanges?> EvaluateAsync(DateTimeOffset through, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        EvaluateAsync(new CloseRecord(Model, through, reason, at), null, cancellationToken);

    /// <summary>Evaluates the closes that the log has and the state does not know: what a crash or a failure left between the two.</summary>
    /// <exception cref="FencedException">Another owner stored this model's state first; load anew.</exception>
    public async Task<IReadOnlyList<EvaluationChanges>> CatchUpAsync(CancellationToken cancellationToken)
    {
        var caughtUp = new List<EvaluationChanges>();
        foreach (var (sequence, close) in await _log.ClosesAfterAsync(Model, _monitor.CloseSequence, cancellationToken))
        {
            if (await EvaluateAsync(close, sequence, cancellationToken) is { } changes) { caughtUp.Add(changes); }
        }
        return caughtUp;
    }

    /// <param name="recorded">Where the log has the close; null while it does not.</param>
    private async Task<EvaluationChanges?> EvaluateAsync(CloseRecord close, long? recorded, CancellationToken cancellationToken)
    {
        if ((ClosedThrough ?? await FirstWindowStartAsync(cancellationToken)) is not { } from) { return null; }
        var last = _monitor.Clock.Grid.Containing(close.Through).Start; // End of the last window that is over.
        if (last < from) { last = from; }
        var touched = await _log.TouchedHoursAsync(Model, ClosedThrough ?? DateTimeOffset.UnixEpoch, last, _monitor.OutcomeSequence, cancellationToken);
        // Derived from the log and the stored state alone: rows that came before a crash are found as those that came after it.
        var late = await _log.LateHoursAsync(Model, ClosedThrough ?? DateTimeOffset.UnixEpoch, _monitor.PredictionSequence, cancellationToken);
        if (last == from && (touched.Hours.Count + late.Hours.Count == 0 || ClosedThrough is null)) { return null; }
        // The log first. A crash from here on leaves a close without its evaluation, which is made up for; the other way round
        // it would leave findings without the close they stand on, and a replay of the log could not come to them.
        close = close with { Through = last };
        long sequence = recorded ?? await _log.AppendCloseAsync(close, cancellationToken);
        var evaluation = new Evaluation(
            await OutcomeSchedule.LoadAsync(Model, _log, _monitor.Clock.Grid, touched.Hours, ClosedThrough, _monitor.OutcomeSequence, last, cancellationToken));
        await evaluation.LoadEarlierAsync(Model, _store, _monitor.Clock.Grid, from, cancellationToken);
        if (ClosedThrough is { } earlierClose)
        {
            await foreach (var window in LateWindow.ReadAsync(Model, _log, _store, _monitor.Clock.Grid, _monitor.Schema, late.Hours, earlierClose, cancellationToken))
            {
                evaluation.Recount(_monitor, window, earlierClose);
            }
        }
        evaluation.Revise(_monitor, from); // Outcomes that came after the last close was evaluated.
        var learningEnd = LearningEnd(from);
        while (from < last)
        {
            var until = learningEnd is { } end && end > from && end < last ? end : last;
            await FoldAsync(evaluation, from, until, cancellationToken);
            from = until;
            if (_monitor.Reference is null && from >= learningEnd) { await LearnReferenceAsync(evaluation, cancellationToken); }
        }
        (_monitor.OutcomeSequence, _monitor.PredictionSequence, _monitor.CloseSequence) = (touched.Sequence, late.Sequence, sequence);
        var changes = evaluation.Changes(_monitor, close);
        _version = await _store.TrySaveAsync(Model, _version, changes, close.At, cancellationToken) ?? throw new FencedException(Model.Value);
        return changes;
    }

    /// <summary>Start of the window that holds the log's first row; null without rows.</summary>
    private async Task<DateTimeOffset?> FirstWindowStartAsync(CancellationToken cancellationToken) =>
        await _log.ExtentAsync(Model, cancellationToken) is { } extent ? _monitor.Clock.Grid.Containing(extent.First).Start : null;

    /// <summary>Where learning ends; null with a reference.</summary>
    private DateTimeOffset? LearningEnd(DateTimeOffset firstWindow) => _monitor.Reference is not null
        ? null
        : _monitor.Clock.Grid.Containing((_monitor.FirstWindow ?? firstWindow) + StreamWatch.LearningTime).Start;

    /// <summary>Folds the rows of [from, until) into their windows and closes each.</summary>
    private async Task FoldAsync(Evaluation evaluation, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await foreach (var folded in WindowFold.ReadAsync(Model, _log, _monitor.Clock.Grid, _monitor.Schema, new TimeWindow(from, until), cancellationToken))
        {
            _monitor.Version = folded.Version ?? _monitor.Version;
            evaluation.Close(_monitor, folded.Ordinal, folded.Summary);
        }
    }

    /// <summary>Four weeks are over: what production looked like becomes the reference.</summary>
    private async Task LearnReferenceAsync(Evaluation evaluation, CancellationToken cancellationToken)
    {
        var range = new TimeWindow(_monitor.FirstWindow!.Value, _monitor.ClosedThrough!.Value);
        var rows = await RowConcatenation.ReadAsync(_log, Model, range, cancellationToken);
        if (rows.Count < 100) { return; } // Too little to learn from; the next weeks may bring more.
        string digest = FindingIds.Digest($"{Model}\nlearnt\n{range.Start.ToMicroseconds()}\n{range.End.ToMicroseconds()}");
        try
        {
            evaluation.Learnt = ReferenceFitter.Fit(_plan, "learnt from production", digest, new LabelledColumns(rows, true, [], [], []), cancellationToken);
        }
        catch (UnusableReferenceException)
        {
            return; // Rows without a value to watch: operations and outcomes are watched all the same.
        }
        var state = _monitor.ToState();
        evaluation.Notifications.AddRange(_monitor.TakeNotifications());
        _monitor = new ModelMonitor(_plan, FittedReference.FromBytes(evaluation.Learnt.Fitted), state);
    }

    /// <summary>What one evaluation gathers.</summary>
    private sealed class Evaluation(OutcomeSchedule schedule)
    {
        private readonly SortedDictionary<long, WindowReport> _reports = [];
        private readonly Dictionary<long, WindowReport> _earlier = [];
        private readonly List<StoredSummary> _summaries = [];
        private readonly List<Finding> _findings = [];

        public List<Contracts.Alerts.AlertNotification> Notifications { get; } = [];

        public StoredReference? Learnt { get; set; }

        public async Task LoadEarlierAsync(ModelKey model, IMonitorStore store, WindowGrid grid, DateTimeOffset before, CancellationToken cancellationToken)
        {
            if (schedule.IsEmpty) { return; }
            var range = new TimeWindow(grid.At(schedule.Windows.First()).Start, before);
            if (range.End <= range.Start) { return; }
            foreach (var report in await store.ReportsAsync(model, range, cancellationToken))
            {
                long ordinal = grid.OrdinalOf(report.Start);
                // Windows of another length, from before the definition changed, are not these.
                if (grid.At(ordinal) == new TimeWindow(report.Start, report.End)) { _earlier[ordinal] = report; }
            }
        }

        public void Close(ModelMonitor monitor, long ordinal, WindowSummary summary)
        {
            var window = monitor.Clock.Grid.At(ordinal);
            if (summary.Rows == 0) { monitor.SkipTo(window.End); }
            else
            {
                var (report, findings) = monitor.Close(window, summary, schedule.Slice(ordinal));
                _reports[ordinal] = report;
                _findings.AddRange(findings);
                _summaries.Add(new StoredSummary(window, 1, monitor.Schema.Id, summary.Rows, summary.ToBytes()));
            }
            Revise(monitor, window.End);
        }

        public void Recount(ModelMonitor monitor, LateWindow late, DateTimeOffset asOf)
        {
            _reports[late.Ordinal] = monitor.Recount(late.Window, late.Earlier, late.Summary, late.Rows, asOf);
            _summaries.Add(new StoredSummary(late.Window, late.Revision, monitor.Schema.Id, late.Summary.Rows, late.Summary.ToBytes()));
        }

        public void Revise(ModelMonitor monitor, DateTimeOffset instant)
        {
            foreach (long ordinal in schedule.TakeDue(instant.ToMicroseconds()))
            {
                if (!_reports.TryGetValue(ordinal, out var earlier) && !_earlier.TryGetValue(ordinal, out earlier)) { continue; }
                var (report, findings) = monitor.Revise(earlier, schedule.Slice(ordinal)!, instant);
                _reports[ordinal] = report;
                _findings.AddRange(findings);
            }
        }

        public EvaluationChanges Changes(ModelMonitor monitor, CloseRecord close)
        {
            Notifications.AddRange(monitor.TakeNotifications());
            return new EvaluationChanges(monitor.ToState().ToBytes(), [close], _summaries, [.. _reports.Values], _findings, Notifications, Learnt);
        }
    }
}
