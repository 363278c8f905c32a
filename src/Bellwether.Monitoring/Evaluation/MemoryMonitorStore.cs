using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>The monitor store in memory: for replays and trials of a plan, gone with the process.</summary>
public sealed class MemoryMonitorStore : IMonitorStore
{
    private sealed class Entry
    {
        public required StoredModelDefinition Definition { get; set; }
        public StoredPlan? Plan { get; set; }
        public StoredReference? Reference { get; set; }
        public (byte[] State, long Version)? State { get; set; }
        public SortedDictionary<DateTimeOffset, StoredSummary> Summaries { get; } = [];
        public SortedDictionary<DateTimeOffset, WindowReport> Reports { get; } = [];
        public Dictionary<string, Finding> Findings { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, Alert> Alerts { get; } = new(StringComparer.Ordinal);
        public List<CloseRecord> Closes { get; } = [];
    }

    private readonly Lock _gate = new();
    private readonly SortedDictionary<ModelKey, Entry> _models = [];

    public Task<IReadOnlyList<StoredModelDefinition>> ListModelsAsync(CancellationToken cancellationToken)
    {
        lock (_gate) { return Task.FromResult<IReadOnlyList<StoredModelDefinition>>([.. _models.Values.Select(m => m.Definition)]); }
    }

    public Task<StoredModelDefinition?> FindModelAsync(ModelKey model, CancellationToken cancellationToken) => Read(model, e => e.Definition);

    public Task<(StoredModelDefinition Stored, bool Created)> DefineAsync(
        ModelKey model, ModelDefinition definition, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_models.TryGetValue(model, out var entry))
            {
                _models[model] = entry = new Entry { Definition = new StoredModelDefinition(model, 1, definition) };
                return Task.FromResult((entry.Definition, true));
            }
            if (Text(entry.Definition.Definition) != Text(definition)) { entry.Definition = new StoredModelDefinition(model, entry.Definition.Revision + 1, definition); }
            return Task.FromResult((entry.Definition, false));
        }
    }

    public Task<StoredPlan?> FindPlanAsync(ModelKey model, CancellationToken cancellationToken) => Read(model, e => e.Plan);

    public Task<StoredPlan> SavePlanAsync(ModelKey model, string text, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _models[model];
            return Task.FromResult(entry.Plan = entry.Plan?.Text == text ? entry.Plan : new StoredPlan((entry.Plan?.Revision ?? 0) + 1, text));
        }
    }

    public Task<StoredReference?> FindReferenceAsync(ModelKey model, CancellationToken cancellationToken) => Read(model, e => e.Reference);

    public Task<StoredReference> SaveReferenceAsync(ModelKey model, StoredReference reference, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _models[model];
            return Task.FromResult(entry.Reference = reference with { Revision = (entry.Reference?.Revision ?? 0) + 1 });
        }
    }

    public Task<(byte[] State, long Version)?> LoadStateAsync(ModelKey model, CancellationToken cancellationToken)
    {
        lock (_gate) { return Task.FromResult(_models.GetValueOrDefault(model)?.State); }
    }

    public Task<long?> TrySaveAsync(ModelKey model, long expectedVersion, EvaluationChanges changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _models[model];
            if ((entry.State?.Version ?? 0) != expectedVersion) { return Task.FromResult<long?>(null); }
            entry.State = (changes.State, expectedVersion + 1);
            foreach (var summary in changes.Summaries) { entry.Summaries[summary.Window.Start] = summary; }
            foreach (var report in changes.Reports) { entry.Reports[report.Start] = report; }
            foreach (var finding in changes.Findings) { entry.Findings.TryAdd(finding.Id, finding); }
            foreach (var n in changes.Notifications)
            {
                entry.Alerts[n.Id] = new Alert(
                    n.Id, n.Model, n.Monitor, n.Column, n.Segment, n.State, n.Severity, n.StartsAt, n.EndsAt, n.Findings, n.Text, n.History, n.Since);
            }
            entry.Closes.AddRange(changes.Closes);
            if (changes.LearntReference is { } learnt) { entry.Reference = learnt with { Revision = (entry.Reference?.Revision ?? 0) + 1 }; }
            return Task.FromResult<long?>(expectedVersion + 1);
        }
    }

    public Task<IReadOnlyList<StoredSummary>> SummariesAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken) =>
        List(model, e => e.Summaries.Values.Where(s => s.Window.End > range.Start && s.Window.Start < range.End));

    public Task<IReadOnlyList<WindowReport>> ReportsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken) =>
        List(model, e => e.Reports.Values.Where(r => r.End > range.Start && r.Start < range.End));

    public Task<IReadOnlyList<Finding>> FindingsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken) =>
        List(model, e => e.Findings.Values.Where(f => f.Window.End >= range.Start && f.Window.End < range.End)
            .OrderBy(f => f.Window.End).ThenBy(f => f.Id, StringComparer.Ordinal));

    public Task<IReadOnlyList<Alert>> AlertsAsync(ModelKey? model, AlertState? state, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Alert>>([.. _models.Where(m => model is null || m.Key == model)
                .SelectMany(m => m.Value.Alerts.Values).Where(a => state is null || a.State == state)
                .OrderByDescending(a => a.StartsAt).ThenBy(a => a.Id, StringComparer.Ordinal)]);
        }
    }

    public Task<IReadOnlyList<CloseRecord>> ClosesAsync(ModelKey model, CancellationToken cancellationToken) => List(model, e => e.Closes);

    /// <summary>Records compare their dictionaries by reference; what is written is what counts.</summary>
    private static string Text(ModelDefinition definition) => System.Text.Json.JsonSerializer.Serialize(definition, BellwetherJson.Default.ModelDefinition);

    private Task<T?> Read<T>(ModelKey model, Func<Entry, T?> read) where T : class
    {
        lock (_gate) { return Task.FromResult(_models.TryGetValue(model, out var entry) ? read(entry) : null); }
    }

    private Task<IReadOnlyList<T>> List<T>(ModelKey model, Func<Entry, IEnumerable<T>> read)
    {
        lock (_gate) { return Task.FromResult<IReadOnlyList<T>>(_models.TryGetValue(model, out var entry) ? [.. read(entry)] : []); }
    }
}
