namespace Bellwether.Statistics.Experiments;

/// <summary>How much of its wealth a <see cref="BettingTest"/> stakes on the next value.</summary>
public enum BettingRule
{
    /// <summary>By the variance seen so far, as in the empirical Bernstein sequence: never far from best, also when the mean keeps moving.</summary>
    PredictablePlugIn,

    /// <summary>By mean and variance seen so far, so that wealth grows fastest (approximate GRAPA): best when the mean stays where it is.</summary>
    GrowthRate,

    /// <summary>The average of five fixed stakes (2, 5, 10, 20 and 40 % of the most that could be lost): no memory, for rare events and canaries.</summary>
    FixedStakes,
}
