namespace Bellwether.Statistics.Detectors;

/// <summary>Whose arithmetic a detector follows, where implementations of one method disagree.</summary>
/// <remarks>Each detector names in its remarks those that it knows, and refuses the others.</remarks>
public enum Compatibility
{
    /// <summary>The meaning of the method's paper, with the deviations that the detector's remarks name. The default.</summary>
    Paper,

    /// <summary>The alarms of river 0.19 (online-ml/river), index by index, with its rounding and its peculiarities.</summary>
    River,

    /// <summary>The alarms of tornado (alipsgh/tornado, by the author of FHDDM and MDDM), index by index.</summary>
    Tornado,

    /// <summary>The alarms of frouros 0.10 (IFCA-Advanced-Computing/frouros), index by index.</summary>
    Frouros,
}
