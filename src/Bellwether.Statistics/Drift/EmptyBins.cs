namespace Bellwether.Statistics.Drift;

/// <summary>What a share of nothing counts as where its logarithm is taken. Implementations differ, and so do their figures: name the rule beside the figure.</summary>
public enum EmptyBins
{
    /// <summary>Zero stays zero: a bin that only one histogram fills makes the divergence infinite.</summary>
    AsTheyAre,

    /// <summary>Zero counts as 10⁻⁴; nothing is renormalised. The most common rule.</summary>
    ReplaceZeros,

    /// <summary>Every share below 10⁻⁴, an empty bin too, counts as 10⁻⁴; nothing is renormalised. Continuous in the counts, unlike the others.</summary>
    RaiseToFloor,

    /// <summary>Zero counts as 10⁻⁴, or as a millionth of the histogram's least positive share where that is 10⁻⁴ or less (Evidently).</summary>
    BelowTheLeast,

    /// <summary>Zero counts as the smallest normal number, 2.2·10⁻³⁰⁸ (Frouros): one empty bin outweighs all others.</summary>
    SmallestNumber,
}
