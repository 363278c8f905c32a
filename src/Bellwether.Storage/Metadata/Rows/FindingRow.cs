namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One finding, insert-only; its id says what it describes, so the same one twice is one row.</summary>
internal sealed class FindingRow
{
    public required string Id { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset WindowStart { get; init; }

    public required DateTimeOffset WindowEnd { get; init; }

    public required string Topic { get; init; }

    public required string Json { get; init; }
}
