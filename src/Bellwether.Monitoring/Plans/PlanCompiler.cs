using System.Collections.Immutable;
using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Plans;

/// <summary>Checks a definition and a plan against each other; lists every fault rather than the first.</summary>
internal sealed class PlanCompiler(ModelKey model, ModelDefinition definition, Plan? plan, int planRevision)
{
    private readonly List<Fault> _faults = [];

    public CompiledPlan? Compile(out IReadOnlyList<Fault> faults)
    {
        RequireSameAsDefinition();
        var window = WindowLength();
        var lateness = Duration(definition.AllowedLateness, "allowedLateness", window <= TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : window);
        double budget = definition.FalseAlarmsPerYear ?? 1;
        if (!(budget > 0 && budget <= 365)) { Refuse("falseAlarmsPerYear", $"{budget} is outside (0, 365]."); }
        double threshold = definition.Threshold ?? 0.5;
        if (!(threshold >= 0 && threshold <= 1)) { Refuse("threshold", $"{threshold} is outside [0, 1]."); }
        if (definition.Segments is { Count: > 0 }) { Refuse("segments", "Segments are not supported yet; leave them out."); }
        if (definition.Task == ModelTask.Ranking) { Refuse("task", "Ranking is not supported yet; use binary, multiclass or regression."); }
        var compiled = new CompiledPlan
        {
            Model = model,
            Task = definition.Task,
            Positive = Literal(definition.Positive) ?? "1",
            Threshold = threshold,
            Zone = Zone(),
            Window = window,
            AllowedLateness = lateness,
            FalseAlarmsPerYear = budget,
            WatchedFeatures = [.. plan?.Features ?? []],
            Types = Types(),
            LatencyObjectiveMicroseconds = plan?.Operations?.LatencyObjective is { } objective
                ? (long)Duration(objective, "operations.latencyObjective", default).TotalMicroseconds
                : null,
            Thresholds = Thresholds(),
            PlanRevision = planRevision,
        };
        faults = _faults;
        return _faults.Count == 0 ? compiled : null;
    }

    private void RequireSameAsDefinition()
    {
        if (plan is null) { return; }
        Same("model", plan.Model, model.Value);
        Same("task", plan.Task?.ToString(), definition.Task.ToString());
        Same("positive", plan.Positive, Literal(definition.Positive) ?? "1");
        Same("threshold", Text(plan.Threshold), Text(definition.Threshold ?? 0.5));
        Same("timeZone", plan.TimeZone, definition.TimeZone ?? "UTC");
        Same("window", plan.Window, definition.Window ?? "1h");
        Same("allowedLateness", plan.AllowedLateness, definition.AllowedLateness ?? plan.AllowedLateness);
        Same("falseAlarmsPerYear", Text(plan.FalseAlarmsPerYear), Text(definition.FalseAlarmsPerYear ?? 1));
    }

    private void Same(string path, string? inPlan, string? inDefinition)
    {
        if (inPlan is not null && inPlan != inDefinition)
        {
            Refuse(path, $"The plan says '{inPlan}', the model's definition '{inDefinition}'. Change one of them.");
        }
    }

    private TimeSpan WindowLength()
    {
        string text = definition.Window ?? "1h";
        if (text.EndsWith("rows", StringComparison.Ordinal))
        {
            Refuse("window", $"'{text}': windows of a number of rows are not supported yet; use a duration such as 1h or 1d.");
            return TimeSpan.FromHours(1);
        }
        var window = Duration(text, "window", TimeSpan.FromHours(1));
        var day = TimeSpan.FromDays(1);
        bool fits = window < day
            ? window >= TimeSpan.FromMinutes(1) && day.Ticks % window.Ticks == 0
            : window == day || window == 7 * day;
        if (!fits) { Refuse("window", $"'{text}' does not divide a day and is neither 1d nor 7d."); }
        return window;
    }

    private TimeSpan Duration(string? text, string path, TimeSpan otherwise)
    {
        if (text is null) { return otherwise; }
        if (Durations.TryParse(text, out var duration)) { return duration; }
        Refuse(path, $"'{text}' is no duration such as 250ms, 30m, 1h or 7d.");
        return otherwise;
    }

    private TimeZoneInfo Zone()
    {
        if (definition.TimeZone is null) { return TimeZoneInfo.Utc; }
        if (TimeZoneInfo.TryFindSystemTimeZoneById(definition.TimeZone, out var zone)) { return zone; }
        Refuse("timeZone", $"'{definition.TimeZone}' is no IANA time zone known here, such as Europe/Berlin.");
        return TimeZoneInfo.Utc;
    }

    private ImmutableDictionary<string, FeatureType> Types()
    {
        var types = ImmutableDictionary.CreateBuilder<string, FeatureType>(StringComparer.Ordinal);
        foreach (var (name, column) in definition.Columns ?? new Dictionary<string, ColumnDefinition>()) { types[name] = column.Type; }
        foreach (var (name, type) in plan?.Types ?? new Dictionary<string, FeatureType>())
        {
            if (types.TryGetValue(name, out var defined) && defined != type) { Refuse($"types.{name}", $"The definition says {defined}, the plan {type}."); }
            types[name] = type;
        }
        return types.ToImmutable();
    }

    private ImmutableArray<CompiledThreshold> Thresholds()
    {
        var compiled = ImmutableArray.CreateBuilder<CompiledThreshold>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < (plan?.Thresholds?.Count ?? 0); i++)
        {
            var threshold = plan!.Thresholds![i];
            string path = $"thresholds[{i}]";
            if (threshold is null)
            {
                Refuse(path, "The entry is empty.");
                continue;
            }
            if (threshold.Measure is not { } measure || !CompiledPlan.Measures.Contains(measure))
            {
                Refuse($"{path}.measure", $"'{threshold.Measure}' is none of {string.Join(", ", CompiledPlan.Measures)}.");
                continue;
            }
            if (threshold.Below is null == threshold.Above is null)
            {
                Refuse(path, "Give either 'below' or 'above'.");
                continue;
            }
            double limit = threshold.Below ?? threshold.Above!.Value;
            if (!double.IsFinite(limit)) { Refuse(path, "The limit is not a finite number."); }
            if (threshold.When is not (null or "value" or "interval")) { Refuse($"{path}.when", $"'{threshold.When}' is neither 'value' nor 'interval'."); }
            if (threshold.For is < 1 or > 1000) { Refuse($"{path}.for", $"{threshold.For} is outside 1 to 1000."); }
            string id = threshold.Id ?? $"performance.{measure}";
            if (id.Length is 0 or > 128 || !ids.Add(id)) { Refuse($"{path}.id", $"'{id}' is empty, too long or used twice."); }
            compiled.Add(new CompiledThreshold(
                id, measure, limit, threshold.Above is not null, threshold.Severity ?? Severity.Major, threshold.When == "interval", threshold.For ?? 1));
        }
        return compiled.ToImmutable();
    }

    private void Refuse(string path, string message) => _faults.Add(new Fault(0, 0, path, message));

    private static string? Text(double? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Literal(FeatureValue? value) => value is { Kind: not FeatureKind.Null } v ? v.ToString() : null;
}
