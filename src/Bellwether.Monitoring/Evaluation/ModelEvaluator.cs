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
    public async Task<EvaluationChanges?> EvaluateAsync(DateTimeOffset through, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if ((ClosedThrough ?? await FirstWindowStartAsync(cancellationToken)) is not { } from) { return null; }
        var last = _monitor.Clock.Grid.Containing(through).Start; // End of the last window that is over.
        if (last < from) { last = from; }
        var touched = await _log.TouchedHoursAsync(Model, ClosedThrough ?? DateTimeOffset.UnixEpoch, last, _monitor.OutcomeSequence, cancellationToken);
        if (last == from && (touched.Hours.Count == 0 || ClosedThrough is null)) { return null; }
        var evaluation = new Evaluation(
            await OutcomeSchedule.LoadAsync(Model, _log, _monitor.Clock.Grid, touched.Hours, ClosedThrough, _monitor.OutcomeSequence, last, cancellationToken));
        await evaluation.LoadEarlierAsync(Model, _store, _monitor.Clock.Grid, from, cancellationToken);
        evaluation.Revise(_monitor, from); // Outcomes that came after the last close was evaluated.
        var learningEnd = LearningEnd(from);
        while (from < last)
        {
            var until = learningEnd is { } end && end > from && end < last ? end : last;
            await FoldAsync(evaluation, from, until, cancellationToken);
            from = until;
            if (_monitor.Reference is null && from >= learningEnd) { await LearnReferenceAsync(evaluation, cancellationToken); }
        }
        _monitor.OutcomeSequence = touched.Sequence;
        var changes = evaluation.Changes(_monitor, ClosedThrough is { } closed && last > DateTimeOffset.UnixEpoch ? [new CloseRecord(Model, closed, reason, at)] : []);
        _version = await _store.TrySaveAsync(Model, _version, changes, at, cancellationToken) ?? throw new FencedException(Model.Value);
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
        var grid = _monitor.Clock.Grid;
        long ordinal = grid.OrdinalOf(from);
        var summary = new WindowSummary(_monitor.Schema);
        await foreach (var batch in _log.ReadPredictionsAsync(Model, new TimeWindow(from, until), cancellationToken))
        {
            if (batch.Count > 0) { _monitor.Version = batch.Versions[batch.Count - 1] ?? _monitor.Version; }
            for (int first = 0; first < batch.Count;)
            {
                long rowOrdinal = grid.OrdinalOf(Instants.FromMicroseconds(batch.Timestamps[first]));
                for (; ordinal < rowOrdinal; ordinal++)
                {
                    evaluation.Close(_monitor, ordinal, summary);
                    if (summary.Rows > 0) { summary = new WindowSummary(_monitor.Schema); }
                }
                long end = grid.At(ordinal).End.ToMicroseconds();
                int last = first;
                while (last < batch.Count && batch.Timestamps[last] < end) { last++; }
                SummaryFold.Add(summary, _monitor.Schema, batch, first, last - first);
                first = last;
            }
        }
        for (long end = grid.OrdinalOf(until); ordinal < end; ordinal++)
        {
            evaluation.Close(_monitor, ordinal, summary);
            if (summary.Rows > 0) { summary = new WindowSummary(_monitor.Schema); }
        }
    }

    /// <summary>Four weeks are over: what production looked like becomes the reference.</summary>
    private async Task LearnReferenceAsync(Evaluation evaluation, CancellationToken cancellationToken)
    {
        var range = new TimeWindow(_monitor.FirstWindow!.Value, _monitor.ClosedThrough!.Value);
        var rows = await RowConcatenation.ReadAsync(_log, Model, range, cancellationToken);
        if (rows.Count < 100) { return; } // Too little to learn from; the next weeks may bring more.
        string digest = FindingIds.Digest($"{Model}\nlearnt\n{range.Start.ToMicroseconds()}\n{range.End.ToMicroseconds()}");
        evaluation.Learnt = ReferenceFitter.Fit(_plan, "learnt from production", digest, new LabelledColumns(rows, true, [], [], []));
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

        public EvaluationChanges Changes(ModelMonitor monitor, IReadOnlyList<CloseRecord> closes)
        {
            Notifications.AddRange(monitor.TakeNotifications());
            return new EvaluationChanges(monitor.ToState().ToBytes(), closes, _summaries, [.. _reports.Values], _findings, Notifications, Learnt);
        }
    }
}
