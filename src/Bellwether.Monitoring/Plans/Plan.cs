using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Plans;

/// <summary>
/// What a user keeps in a repository for one model, as written: how it is defined, how files map to it, which limits are set.
/// A server stores it as text and never overwrites a version.
/// </summary>
public sealed record Plan
{
    /// <summary>The model's key; needed by <c>replay</c>, checked against the route on a server.</summary>
    public string? Model { get; init; }

    public ModelTask? Task { get; init; }

    /// <summary>The value that counts as positive, as text ("1", "true", "yes").</summary>
    public string? Positive { get; init; }

    public double? Threshold { get; init; }

    public string? TimeZone { get; init; }

    public string? Window { get; init; }

    public string? AllowedLateness { get; init; }

    public double? FalseAlarmsPerYear { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>How a file's columns map.</summary>
    public PlanColumns? Columns { get; init; }

    /// <summary>The features to watch; every column without a part where absent.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Types of features, by name.</summary>
    public IReadOnlyDictionary<string, FeatureType>? Types { get; init; }

    /// <summary>Times for files that have none.</summary>
    public PlanClock? Clock { get; init; }

    /// <summary>When outcomes become known.</summary>
    public PlanOutcomes? Outcomes { get; init; }

    public PlanOperations? Operations { get; init; }

    /// <summary>Limits set by the user.</summary>
    public IReadOnlyList<PlanThreshold>? Thresholds { get; init; }
}

/// <summary>Which column of a file plays which part.</summary>
public sealed record PlanColumns
{
    public string? Id { get; init; }

    public string? Timestamp { get; init; }

    public string? Version { get; init; }

    public string? Prediction { get; init; }

    public string? Score { get; init; }

    public string? Outcome { get; init; }

    public string? LatencySeconds { get; init; }

    public string? Error { get; init; }
}

/// <summary>Row i happened at start + i·step.</summary>
public sealed record PlanClock
{
    public string? Start { get; init; }

    public string? Step { get; init; }

    /// <summary>Whether the reference stands on this clock too, its rows first; without it a reference without times stays without.</summary>
    public bool? Reference { get; init; }
}

/// <summary>Either the column that holds when an outcome became known, or a delay after the prediction.</summary>
public sealed record PlanOutcomes
{
    public string? Timestamp { get; init; }

    public string? Delay { get; init; }
}

/// <summary>Objectives of the service itself.</summary>
public sealed record PlanOperations
{
    /// <summary>A duration such as <c>250ms</c>: requests slower than this are watched as one yes/no event.</summary>
    public string? LatencyObjective { get; init; }
}

/// <summary>A limit on a measure, with a severity.</summary>
public sealed record PlanThreshold
{
    /// <summary>The user's name for it; part of the alert's identity.</summary>
    public string? Id { get; init; }

    /// <summary>A measure of the windows, such as <c>auc</c>.</summary>
    public string? Measure { get; init; }

    public double? Below { get; init; }

    public double? Above { get; init; }

    public Severity? Severity { get; init; }

    /// <summary><c>value</c> (default): the value is beyond the limit; <c>interval</c>: the whole 95 % interval is.</summary>
    public string? When { get; init; }

    /// <summary>Windows in a row before it counts, and before it is over; 1 by default.</summary>
    public int? For { get; init; }
}

/// <summary>What reading a plan's text gave: the plan, or every fault.</summary>
public sealed record PlanReading(Plan? Plan, IReadOnlyList<Fault> Faults);
