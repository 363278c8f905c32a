namespace Bellwether.Statistics.Performance;

/// <summary>What each kind of answer of a yes/no classifier is worth, in the user's unit; costs are negative.</summary>
/// <param name="TruePositive">Of a row predicted positive that is.</param>
/// <param name="FalsePositive">Of a row predicted positive that is not.</param>
/// <param name="FalseNegative">Of a row predicted negative that is positive.</param>
/// <param name="TrueNegative">Of a row predicted negative that is.</param>
public sealed record CostMatrix(double TruePositive, double FalsePositive, double FalseNegative, double TrueNegative)
{
    /// <summary>Value of all rows of a table.</summary>
    public double Total(ConfusionTable table) =>
        TruePositive * table.TruePositives + FalsePositive * table.FalsePositives + FalseNegative * table.FalseNegatives + TrueNegative * table.TrueNegatives;

    /// <summary>Value a row; NaN of an empty table.</summary>
    public double Mean(ConfusionTable table) => Total(table) / table.Sum;

    internal double Least => Math.Min(Math.Min(TruePositive, FalsePositive), Math.Min(FalseNegative, TrueNegative));

    internal double Greatest => Math.Max(Math.Max(TruePositive, FalsePositive), Math.Max(FalseNegative, TrueNegative));
}
