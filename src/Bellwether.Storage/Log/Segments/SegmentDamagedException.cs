namespace Bellwether.Storage.Log.Segments;

/// <summary>A segment's file is missing or is not the one that was written. Nothing is read from it until the right file is back in its place.</summary>
internal sealed class SegmentDamagedException(string file, string reason)
    : IOException($"The segment '{file}' is damaged: {reason} Nothing is read from it; put the file back from a backup.")
{
    /// <summary>As in <see cref="Segment.File"/>.</summary>
    public string File { get; } = file;
}
