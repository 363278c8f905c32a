namespace Bellwether.Statistics.Experiments;

/// <summary>Which departure from the null hypothesis counts.</summary>
public enum Alternative
{
    /// <summary>Either way.</summary>
    TwoSided,

    /// <summary>Only a larger value than under the null.</summary>
    Greater,

    /// <summary>Only a smaller value than under the null.</summary>
    Less,
}
