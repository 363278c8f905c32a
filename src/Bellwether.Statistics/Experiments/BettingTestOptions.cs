namespace Bellwether.Statistics.Experiments;

/// <param name="NullMean">m: the mean, or its limit, under the null hypothesis; strictly between the bounds.</param>
/// <param name="Alternative">Greater tests "mean ≤ m", Less "mean ≥ m", TwoSided "mean = m".</param>
/// <param name="Alpha">Probability of ever rejecting a true null, in (0, 1).</param>
/// <param name="Lowest">No value is below.</param>
/// <param name="Highest">No value is above.</param>
/// <param name="Rule">How stakes are chosen.</param>
public sealed record BettingTestOptions(
    double NullMean,
    Alternative Alternative = Alternative.TwoSided,
    double Alpha = .05,
    double Lowest = 0,
    double Highest = 1,
    BettingRule Rule = BettingRule.PredictablePlugIn);
