namespace Bellwether.Statistics.Performance;

/// <summary>Sums of squared weights of the cells of a <see cref="ConfusionTable"/>.</summary>
internal readonly record struct ConfusionSquares(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    public ConfusionSquares Add(ConfusionSquares other) => new(
        TruePositives + other.TruePositives,
        FalsePositives + other.FalsePositives,
        FalseNegatives + other.FalseNegatives,
        TrueNegatives + other.TrueNegatives);

    /// <summary>Kish's effective number of rows; 0 of none.</summary>
    public static double Effective(double sum, double squares) => squares > 0 ? sum * sum / squares : 0;
}
