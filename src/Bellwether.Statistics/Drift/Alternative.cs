namespace Bellwether.Statistics.Drift;

/// <summary>What a test holds against the hypothesis of no difference.</summary>
public enum Alternative
{
    /// <summary>A difference either way.</summary>
    TwoSided,

    /// <summary>The quantity is less; of which sample than which is said by each test.</summary>
    Less,

    /// <summary>The quantity is greater.</summary>
    Greater,
}
