namespace Bellwether.Statistics.Performance;

/// <summary>Predicted class by outcome of a yes/no classifier, as counts or sums of weights, with the measures that depend on nothing else.</summary>
/// <remarks>
/// Tables add up: that of two windows is the sum of theirs. A ratio of nothing to nothing is NaN unless the caller names another answer:
/// scikit-learn's is 0. <see cref="BinaryPerformance"/> gives the same measures with intervals.
/// </remarks>
/// <param name="TruePositives">Rows predicted positive that are; ≥ 0 and finite, as all four.</param>
/// <param name="FalsePositives">Rows predicted positive that are not.</param>
/// <param name="FalseNegatives">Rows predicted negative that are positive.</param>
/// <param name="TrueNegatives">Rows predicted negative that are.</param>
public readonly record struct ConfusionTable(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>The same cells with each row's weight squared; what a variance needs. Of counts the counts.</summary>
    internal ConfusionSquares Squares { get; private init; } = new(TruePositives, FalsePositives, FalseNegatives, TrueNegatives);

    /// <summary>Sum of the weights.</summary>
    public double Sum => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Rows that would say as much unweighted, (Σw)²/Σw²: their number when every weight is 1.</summary>
    public double EffectiveRows => ConfusionSquares.Effective(Sum, Squares.TruePositives + Squares.FalsePositives + Squares.FalseNegatives + Squares.TrueNegatives);

    /// <summary>Sum of the weights of rows whose outcome is positive.</summary>
    public double Positives => TruePositives + FalseNegatives;

    /// <summary>Sum of the weights of rows whose outcome is negative.</summary>
    public double Negatives => FalsePositives + TrueNegatives;

    /// <summary>Counts n rows.</summary>
    /// <param name="predicted">n classes, true for positive.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the weights are not as described or all 0.</exception>
    public static ConfusionTable Of(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        if (predicted.Length != actual.Length) { throw new ArgumentException($"Expected {predicted.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        var weight = SampleWeights.Of(weights, predicted.Length);
        Span<double> cells = stackalloc double[4], squares = stackalloc double[4];
        for (int i = 0; i < predicted.Length; i++)
        {
            int cell = (predicted[i] ? 0 : 2) + (predicted[i] == actual[i] ? 0 : 1);
            cells[cell] += weight[i];
            squares[cell] += weight[i] * weight[i];
        }
        return Weighted(cells[0], cells[1], cells[3], cells[2], new ConfusionSquares(squares[0], squares[1], squares[3], squares[2]));
    }

    /// <summary>The table of both sets of rows.</summary>
    public static ConfusionTable operator +(ConfusionTable left, ConfusionTable right) => left.Add(right);

    /// <summary>The table of both sets of rows.</summary>
    public ConfusionTable Add(ConfusionTable other) => Weighted(
        TruePositives + other.TruePositives,
        FalsePositives + other.FalsePositives,
        FalseNegatives + other.FalseNegatives,
        TrueNegatives + other.TrueNegatives,
        Squares.Add(other.Squares));

    /// <summary>Share of rows predicted right, in [0, 1].</summary>
    public double Accuracy(double undefined = double.NaN) => Ratio(TruePositives + TrueNegatives, Sum, undefined);

    /// <summary>Share of positives among rows predicted positive, in [0, 1].</summary>
    public double Precision(double undefined = double.NaN) => Ratio(TruePositives, TruePositives + FalsePositives, undefined);

    /// <summary>Share of rows predicted positive among positives (sensitivity, true positive rate), in [0, 1].</summary>
    public double Recall(double undefined = double.NaN) => Ratio(TruePositives, Positives, undefined);

    /// <summary>Share of rows predicted negative among negatives (true negative rate), in [0, 1].</summary>
    public double Specificity(double undefined = double.NaN) => Ratio(TrueNegatives, Negatives, undefined);

    /// <summary>Share of rows predicted positive among negatives, in [0, 1].</summary>
    public double FalsePositiveRate(double undefined = double.NaN) => Ratio(FalsePositives, Negatives, undefined);

    /// <summary>Share of negatives among rows predicted negative, in [0, 1].</summary>
    public double NegativePredictiveValue(double undefined = double.NaN) => Ratio(TrueNegatives, TrueNegatives + FalseNegatives, undefined);

    /// <summary>Share of rows predicted positive, in [0, 1].</summary>
    public double SelectionRate(double undefined = double.NaN) => Ratio(TruePositives + FalsePositives, Sum, undefined);

    /// <summary>Weighted harmonic mean of precision and recall, (1 + β²)TP / ((1 + β²)TP + β²FN + FP), in [0, 1].</summary>
    /// <param name="beta">How much more recall counts than precision; &gt; 0.</param>
    /// <param name="undefined">The answer when there is no positive at all, predicted or real.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not above 0.</exception>
    public double F(double beta = 1, double undefined = double.NaN)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        double square = beta * beta, hits = (1 + square) * TruePositives;
        return Ratio(hits, hits + square * FalseNegatives + FalsePositives, undefined);
    }

    /// <summary>Overlap of predicted and real positives, TP/(TP + FP + FN), in [0, 1].</summary>
    public double Jaccard(double undefined = double.NaN) => Ratio(TruePositives, TruePositives + FalsePositives + FalseNegatives, undefined);

    /// <summary>Mean of recall and specificity, in [0, 1]; where one class does not occur, that of the other.</summary>
    public double BalancedAccuracy(double undefined = double.NaN) =>
        Positives == 0 ? Specificity(undefined) : Negatives == 0 ? Recall(undefined) : (Recall() + Specificity()) / 2;

    /// <summary>Matthews' correlation of prediction and outcome, in [−1, 1].</summary>
    /// <param name="constant">The answer when predictions or outcomes are all the same, so that there is nothing to correlate; 0 by custom.</param>
    public double Mcc(double constant = 0) => Matrix().Mcc(constant);

    /// <summary>Cohen's kappa: agreement beyond chance, at most 1; NaN when prediction and outcome are the same constant.</summary>
    public double Kappa() => Matrix().Kappa();

    internal static ConfusionTable Weighted(double truePositives, double falsePositives, double falseNegatives, double trueNegatives, ConfusionSquares squares) =>
        new(truePositives, falsePositives, falseNegatives, trueNegatives) { Squares = squares };

    internal ConfusionMatrix Matrix() => new(
        [0, 1],
        [TrueNegatives, FalsePositives, FalseNegatives, TruePositives],
        [Squares.TrueNegatives, Squares.FalsePositives, Squares.FalseNegatives, Squares.TruePositives]);

    private static double Ratio(double part, double whole, double undefined) => whole > 0 ? part / whole : undefined;
}
