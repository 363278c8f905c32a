namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One close of windows, insert-only.</summary>
internal sealed class CloseRow
{
    public long Sequence { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset Through { get; init; }

    public required string Reason { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }
}
