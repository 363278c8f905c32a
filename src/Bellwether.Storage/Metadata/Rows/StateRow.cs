namespace Bellwether.Storage.Metadata.Rows;

/// <summary>The live state of a model's monitor: the only row that is ever updated, by compare-and-swap on its version.</summary>
internal sealed class StateRow
{
    public required string Model { get; init; }

    public required long Version { get; init; }

    public required byte[] Bytes { get; init; }

    public required DateTimeOffset At { get; init; }
}
