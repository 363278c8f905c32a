namespace Bellwether.Statistics.Detectors;

/// <summary>What a stream detector says after a value.</summary>
/// <remarks>Ordered by gravity, so that the gravest of several is their maximum.</remarks>
public enum DetectorState
{
    /// <summary>Too little seen to tell; neither "no drift" nor "drift".</summary>
    WarmingUp,

    /// <summary>No sign of a change.</summary>
    Stable,

    /// <summary>A sign of a change too weak to act on.</summary>
    Warning,

    /// <summary>The stream has changed. Said once for a change; what follows is judged afresh.</summary>
    Drift,
}
