namespace Bellwether.Storage.Metadata.Rows;

/// <summary>One revision of a model's fitted reference, insert-only.</summary>
internal sealed class ReferenceRow
{
    public required string Model { get; init; }

    public required int Revision { get; init; }

    public required string Name { get; init; }

    public required string Digest { get; init; }

    public required string ReceiptJson { get; init; }

    public required byte[] Fitted { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }
}
