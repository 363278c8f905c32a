namespace Bellwether.Statistics.Performance;

/// <summary>What one row's prediction costs.</summary>
internal enum RegressionLoss
{
    Error,
    Absolute,
    Squared,
    SquaredLog,
    Percentage,
    SymmetricPercentage,
}
