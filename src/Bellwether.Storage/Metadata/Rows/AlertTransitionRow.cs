namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One step in an alert's life with the whole alert as it stood after it, insert-only.</summary>
internal sealed class AlertTransitionRow
{
    public long Sequence { get; init; }

    public required string AlertId { get; init; }

    public required string Model { get; init; }

    /// <summary>When it was recorded (arrival time); event times are inside the alert.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Event { get; init; }

    public required string State { get; init; }

    public required string Json { get; init; }
}
