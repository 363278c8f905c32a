using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Alerts;

/// <summary>State of an alert.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AlertState>))]
public enum AlertState
{
    /// <summary>Seen, not yet long enough.</summary>
    Pending,
    /// <summary>In force.</summary>
    Firing,
    /// <summary>Over.</summary>
    Resolved,
}

/// <summary>One step in an alert's life.</summary>
/// <param name="At">Event time of the step.</param>
/// <param name="Event"><c>firing</c>, <c>changed</c> or <c>resolved</c>, with what changed.</param>
/// <param name="By">Who or what did it.</param>
public sealed record AlertStep(DateTimeOffset At, string Event, string By);

/// <summary>A rule's state for one (model, monitor, column, segment).</summary>
/// <param name="StartsAt">When it began to fire.</param>
/// <param name="Since">Since when what it tells of has held: before <paramref name="StartsAt"/>, long before where outcomes come late. Null in alerts stored before this was kept.</param>
public sealed record Alert(
    string Id, ModelKey Model, string Monitor, string Column, string? Segment, AlertState State, Severity Severity,
    DateTimeOffset StartsAt, DateTimeOffset? EndsAt, IReadOnlyList<string> Findings, string Text, IReadOnlyList<AlertStep> History, DateTimeOffset? Since = null);

/// <summary>What a webhook gets: the alert and what happened to it.</summary>
/// <param name="Event"><c>firing</c>, <c>changed</c> or <c>resolved</c>.</param>
public sealed record AlertNotification(
    string Event, string Id, ModelKey Model, string Monitor, string Column, string? Segment, AlertState State, Severity Severity,
    DateTimeOffset StartsAt, DateTimeOffset? EndsAt, IReadOnlyList<string> Findings, string Text, IReadOnlyList<AlertStep> History, DateTimeOffset? Since = null);
