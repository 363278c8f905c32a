namespace Bellwether.Statistics.Ranking;

/// <summary>How <see cref="RankingMeasures.Ndcg"/> counts.</summary>
/// <param name="Gain">What an item is worth.</param>
/// <param name="Ties">What becomes of items whose scores are equal.</param>
public sealed record NdcgOptions(RelevanceGain Gain = RelevanceGain.Linear, RankingTies Ties = RankingTies.Averaged);
