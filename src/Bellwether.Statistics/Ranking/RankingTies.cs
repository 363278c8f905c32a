namespace Bellwether.Statistics.Ranking;

/// <summary>What becomes of items whose scores are equal.</summary>
public enum RankingTies
{
    /// <summary>Each place of the tie gets the mean worth of its items: the mean over all orders. Says nothing that the scores do not.</summary>
    Averaged,

    /// <summary>They keep the order in which they are given.</summary>
    InOrder,
}
