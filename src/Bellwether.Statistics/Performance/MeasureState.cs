namespace Bellwether.Statistics.Performance;

/// <summary>Whether a measure could be taken, and if not, why.</summary>
public enum MeasureState
{
    /// <summary>There is a value with an interval.</summary>
    Ok,

    /// <summary>Fewer than 30 outcomes.</summary>
    TooFew,

    /// <summary>A class the measure needs does not occur: no positives or negatives, or nothing predicted positive.</summary>
    OneClass,

    /// <summary>No outcome is known yet.</summary>
    NoOutcomes,

    /// <summary>The outcomes are all the same number, where the measure compares with their spread.</summary>
    Constant,
}
