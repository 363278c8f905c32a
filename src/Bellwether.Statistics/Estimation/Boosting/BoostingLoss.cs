namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>What boosted trees make small.</summary>
public enum BoostingLoss
{
    /// <summary>The squared error of a number.</summary>
    Squared,

    /// <summary>The log-loss of a yes/no outcome, 1 or 0; predictions are log-odds.</summary>
    Logistic,
}
