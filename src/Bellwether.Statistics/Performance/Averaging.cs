namespace Bellwether.Statistics.Performance;

/// <summary>How a measure of one class becomes a measure of all.</summary>
public enum Averaging
{
    /// <summary>The mean over classes, each counting the same however rare.</summary>
    Macro,

    /// <summary>The mean over classes, each counting by its share of the outcomes.</summary>
    Weighted,

    /// <summary>The measure of the one-versus-rest tables of all classes added up.</summary>
    Micro,
}
