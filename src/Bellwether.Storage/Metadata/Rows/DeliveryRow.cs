namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One attempt to send an outbox row, insert-only.</summary>
internal sealed class DeliveryRow
{
    public long Sequence { get; init; }

    public required long Outbox { get; init; }

    public required int Attempt { get; init; }

    /// <summary><c>delivered</c>, <c>failed</c> (tried again) or <c>abandoned</c>.</summary>
    public required string Result { get; init; }

    /// <summary>Status code or reason.</summary>
    public required string Detail { get; init; }

    public required DateTimeOffset At { get; init; }
}
