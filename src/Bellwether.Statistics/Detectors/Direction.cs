namespace Bellwether.Statistics.Detectors;

/// <summary>Which changes of a mean a detector reports.</summary>
public enum Direction
{
    /// <summary>Rises only.</summary>
    Up,

    /// <summary>Falls only.</summary>
    Down,

    /// <summary>Rises and falls.</summary>
    Both,
}
