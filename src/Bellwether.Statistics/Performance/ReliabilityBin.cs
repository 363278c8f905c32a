namespace Bellwether.Statistics.Performance;

/// <summary>Rows whose predicted probabilities fall together.</summary>
/// <param name="Count">Rows in the bin.</param>
/// <param name="Weight">Sum of their weights, the count unless weights were given.</param>
/// <param name="MeanProbability">Mean predicted probability; NaN in an empty bin, and where a row has no probability.</param>
/// <param name="PositiveShare">Share of positive outcomes; NaN in an empty bin.</param>
public readonly record struct ReliabilityBin(long Count, double Weight, double MeanProbability, double PositiveShare)
{
    /// <summary>How far the probabilities are off here: |mean probability − share of positives|, in [0, 1], or NaN.</summary>
    public double Gap => Math.Abs(PositiveShare - MeanProbability);
}
