namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One revision of a model's plan as the user wrote it, insert-only.</summary>
internal sealed class PlanRow
{
    public required string Model { get; init; }

    public required int Revision { get; init; }

    public required string Text { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }
}
