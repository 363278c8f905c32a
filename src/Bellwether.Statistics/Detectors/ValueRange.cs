namespace Bellwether.Statistics.Detectors;

/// <summary>Which values a detector takes.</summary>
internal enum ValueRange
{
    /// <summary>Any number of magnitude at most 1e100.</summary>
    Finite,

    /// <summary>Numbers in [0, 1], such as losses; errors as 1.</summary>
    UnitInterval,

    /// <summary>Only 0 (right) and 1 (wrong).</summary>
    Bits,
}
