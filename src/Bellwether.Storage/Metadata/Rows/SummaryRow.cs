namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One revision of one window's summary, insert-only.</summary>
internal sealed class SummaryRow
{
    public long Sequence { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required int Revision { get; init; }

    public required string BinSchema { get; init; }

    public required long Rows { get; init; }

    public required byte[] Bytes { get; init; }
}
