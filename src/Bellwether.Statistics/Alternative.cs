namespace Bellwether.Statistics;

/// <summary>What a test takes a small p-value as evidence of. Each test says what "less" and "greater" mean for it.</summary>
public enum Alternative
{
    /// <summary>A difference in either direction.</summary>
    TwoSided,

    /// <summary>A smaller value than under the null; of two samples, that the reference lies below the current values.</summary>
    Less,

    /// <summary>A larger value than under the null; of two samples, that the reference lies above the current values.</summary>
    Greater,
}
