using System.Collections.Immutable;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Plans;

/// <summary>A user's limit, validated.</summary>
public sealed record CompiledThreshold(string Id, string Measure, double Limit, bool IsUpper, Severity Severity, bool WholeInterval, int For);

/// <summary>A definition and its plan, validated at once and frozen.</summary>
public sealed record CompiledPlan
{
    /// <summary>Measures that a threshold may name.</summary>
    public static readonly ImmutableArray<string> Measures =
        ["accuracy", "precision", "recall", "f1", "auc", "macroF1", "mae", "rmse", "errorShare", "latencyP95"];

    public required ModelKey Model { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>The positive class as the definition writes it; <c>true</c> and 1 are the same class.</summary>
    public required string Positive { get; init; }

    public required double Threshold { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Length of a window; nominal where days have 23 or 25 hours.</summary>
    public required TimeSpan Window { get; init; }

    public required TimeSpan AllowedLateness { get; init; }

    public required double FalseAlarmsPerYear { get; init; }

    public required ImmutableArray<string> WatchedFeatures { get; init; }

    public required ImmutableDictionary<string, FeatureType> Types { get; init; }

    /// <summary>Whether a column of the reference is watched: all are where the plan names none; predictions always.</summary>
    public bool Watches(string column) => WatchedFeatures.IsEmpty || column.StartsWith('_') || WatchedFeatures.Contains(column, StringComparer.Ordinal);

    public long? LatencyObjectiveMicroseconds { get; init; }

    public required ImmutableArray<CompiledThreshold> Thresholds { get; init; }

    public required int PlanRevision { get; init; }

    /// <summary>Whether a prediction or outcome is of the positive class, however each of them is written: true, "true", "True", 1, "1" and "1.0" are one class, false and 0 another.</summary>
    public bool IsPositive(double number, string? text)
    {
        double? positive = NumberOf(Positive);
        double? given = text is null ? number : NumberOf(text);
        return positive is { } p ? given == p : string.Equals(text, Positive, StringComparison.Ordinal);
    }

    private static double? NumberOf(string text) =>
        bool.TryParse(text, out bool truth) ? truth ? 1 : 0
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number
        : null;

    /// <summary>Validates everything; null and every fault when something is wrong.</summary>
    public static CompiledPlan? Compile(ModelKey model, ModelDefinition definition, Plan? plan, int planRevision, out IReadOnlyList<Fault> faults) =>
        new PlanCompiler(model, definition, plan, planRevision).Compile(out faults);

    /// <summary>The definition that a plan states by itself, for <c>replay</c>; null when it names no task.</summary>
    public static ModelDefinition? DefinitionOf(Plan plan) => plan.Task is not { } task ? null : new ModelDefinition(task)
    {
        Positive = plan.Positive is { } positive ? Literal(positive) : (Contracts.Log.FeatureValue?)null,
        Threshold = plan.Threshold,
        TimeZone = plan.TimeZone,
        Window = plan.Window,
        AllowedLateness = plan.AllowedLateness,
        FalseAlarmsPerYear = plan.FalseAlarmsPerYear,
        Labels = plan.Labels,
        Columns = plan.Types?.ToDictionary(pair => pair.Key, pair => new ColumnDefinition(pair.Value)),
    };

    private static Contracts.Log.FeatureValue Literal(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : text;
}
