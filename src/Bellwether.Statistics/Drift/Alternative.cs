namespace Bellwether.Statistics.Drift;

/// <summary>What a two-sample test takes a small p-value as evidence of. Each test says what "less" and "greater" mean for it.</summary>
public enum Alternative
{
    /// <summary>The samples differ, in either direction.</summary>
    TwoSided,

    /// <summary>The reference lies below the current values, in the sense of the test.</summary>
    Less,

    /// <summary>The reference lies above the current values, in the sense of the test.</summary>
    Greater,
}
