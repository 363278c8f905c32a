namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One alert transition to be sent to one target; written with the transition, so neither exists without the other.</summary>
internal sealed class OutboxRow
{
    public long Sequence { get; init; }

    public required long Transition { get; init; }

    public required string Target { get; init; }

    public required DateTimeOffset At { get; init; }
}
