namespace Bellwether.Statistics.Ranking;

/// <summary>What an item of a relevance is worth.</summary>
public enum RelevanceGain
{
    /// <summary>Its relevance.</summary>
    Linear,

    /// <summary>2 to the power of its relevance, less 1, so that one excellent item outweighs several good ones.</summary>
    Exponential,
}
