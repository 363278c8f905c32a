namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One revision of a model's definition, insert-only.</summary>
internal sealed class DefinitionRow
{
    public required string Model { get; init; }

    public required int Revision { get; init; }

    public required string Json { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }
}
