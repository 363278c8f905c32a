namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One revision of one window's measures, insert-only.</summary>
internal sealed class ReportRow
{
    public long Sequence { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required int Revision { get; init; }

    public required string Json { get; init; }
}
