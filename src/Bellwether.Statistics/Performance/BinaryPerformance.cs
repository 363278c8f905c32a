namespace Bellwether.Statistics.Performance;

/// <summary>Measures of a yes/no classifier against its outcomes, each with a 95 % interval.</summary>
/// <remarks>
/// Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>; of weighted rows the effective number counts,
/// (Σw)²/Σw². The values are those of <see cref="ConfusionTable"/> and <see cref="ScoreMeasures"/>. The same names are there for two spans of n
/// classes and for a table; give weights through <see cref="ConfusionTable.Of"/>.
/// </remarks>
public static class BinaryPerformance
{
    /// <summary>Share of rows predicted right; Wilson.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Accuracy(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => Accuracy(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of rows predicted right; Wilson.</summary>
    public static Estimate Accuracy(ConfusionTable table) => Share(
        table,
        table.TruePositives + table.TrueNegatives,
        table.Sum,
        table.Squares.TruePositives + table.Squares.TrueNegatives + table.Squares.FalsePositives + table.Squares.FalseNegatives);

    /// <summary>Share of positives among rows predicted positive; Wilson. OneClass when none is predicted positive.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Precision(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => Precision(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of positives among rows predicted positive; Wilson. OneClass when none is predicted positive.</summary>
    public static Estimate Precision(ConfusionTable table) => Share(
        table, table.TruePositives, table.TruePositives + table.FalsePositives, table.Squares.TruePositives + table.Squares.FalsePositives);

    /// <summary>Share of rows predicted positive among positives; Wilson. OneClass when there is no positive.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Recall(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => Recall(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of rows predicted positive among positives; Wilson. OneClass when there is no positive.</summary>
    public static Estimate Recall(ConfusionTable table) => Share(
        table, table.TruePositives, table.Positives, table.Squares.TruePositives + table.Squares.FalseNegatives);

    /// <summary>Share of rows predicted negative among negatives; Wilson. OneClass when there is no negative.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Specificity(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => Specificity(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of rows predicted negative among negatives; Wilson. OneClass when there is no negative.</summary>
    public static Estimate Specificity(ConfusionTable table) => Share(
        table, table.TrueNegatives, table.Negatives, table.Squares.TrueNegatives + table.Squares.FalsePositives);

    /// <summary>Share of negatives among rows predicted negative; Wilson. OneClass when none is predicted negative.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate NegativePredictiveValue(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => NegativePredictiveValue(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of negatives among rows predicted negative; Wilson. OneClass when none is predicted negative.</summary>
    public static Estimate NegativePredictiveValue(ConfusionTable table) => Share(
        table, table.TrueNegatives, table.TrueNegatives + table.FalseNegatives, table.Squares.TrueNegatives + table.Squares.FalseNegatives);

    /// <summary>Share of rows predicted positive; Wilson.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate SelectionRate(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => SelectionRate(ConfusionTable.Of(predicted, actual));

    /// <summary>Share of rows predicted positive; Wilson.</summary>
    public static Estimate SelectionRate(ConfusionTable table) => Share(
        table,
        table.TruePositives + table.FalsePositives,
        table.Sum,
        table.Squares.TruePositives + table.Squares.TrueNegatives + table.Squares.FalsePositives + table.Squares.FalseNegatives);

    /// <summary>Overlap of predicted and real positives, TP/(TP + FP + FN); Wilson. OneClass when there is no positive at all.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Jaccard(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => Jaccard(ConfusionTable.Of(predicted, actual));

    /// <summary>Overlap of predicted and real positives, TP/(TP + FP + FN); Wilson. OneClass when there is no positive at all.</summary>
    public static Estimate Jaccard(ConfusionTable table) => Share(
        table,
        table.TruePositives,
        table.TruePositives + table.FalsePositives + table.FalseNegatives,
        table.Squares.TruePositives + table.Squares.FalsePositives + table.Squares.FalseNegatives);

    /// <summary>Mean of recall and specificity; from Wilson's intervals of both. OneClass unless both classes occur.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate BalancedAccuracy(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => BalancedAccuracy(ConfusionTable.Of(predicted, actual));

    /// <summary>Mean of recall and specificity; from Wilson's intervals of both. OneClass unless both classes occur.</summary>
    public static Estimate BalancedAccuracy(ConfusionTable table)
    {
        Estimate recall = Recall(table), specificity = Specificity(table);
        return recall.State != MeasureState.Ok ? recall
            : specificity.State != MeasureState.Ok ? specificity
            : Contrast.Mean(recall, specificity);
    }

    /// <summary>Harmonic mean of precision and recall, 2TP/(2TP + FP + FN); delta method. OneClass when there is no positive at all.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate F1(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual) => F(ConfusionTable.Of(predicted, actual));

    /// <summary>Weighted harmonic mean of precision and recall; delta method. OneClass when there is no positive at all.</summary>
    /// <remarks>
    /// F is a ratio of sums over rows, (1 + β²)[TP] to (1 + β²)[TP] + β²[FN] + [FP]; each row's influence is its part above less F times its part
    /// below. At 0 or 1, where the variance vanishes, Wilson's ends for g = TP/(TP + FP + FN), of which F is a function when β = 1, serve instead.
    /// </remarks>
    /// <param name="table">The counts.</param>
    /// <param name="beta">How much more recall counts than precision; &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not above 0.</exception>
    public static Estimate F(ConfusionTable table, double beta = 1)
    {
        double value = table.F(beta), square = beta * beta;
        var overlap = Jaccard(table);
        if (overlap.State != MeasureState.Ok) { return overlap; }
        if (value is <= 0 or >= 1) { return new Estimate(value, Of(overlap.Low), Of(overlap.High), MeasureState.Ok); }
        double hit = (1 + square) * (1 - value), miss = square * value;
        double whole = (1 + square) * table.TruePositives + square * table.FalseNegatives + table.FalsePositives;
        double variance = hit * hit * table.Squares.TruePositives + miss * miss * table.Squares.FalseNegatives + value * value * table.Squares.FalsePositives;
        return Estimate.Normal(value, Math.Sqrt(variance) / whole, 0, 1);

        static double Of(double share) => 2 * share / (1 + share);
    }

    /// <summary>Matthews' correlation of prediction and outcome; delta method. OneClass when either is constant.</summary>
    public static Estimate Mcc(ConfusionTable table) => MulticlassPerformance.Mcc(table.Matrix());

    /// <summary>Cohen's kappa; delta method. OneClass when prediction and outcome are the same constant.</summary>
    public static Estimate Kappa(ConfusionTable table) => MulticlassPerformance.Kappa(table.Matrix());

    /// <summary>Value a row under a cost matrix; normal.</summary>
    /// <remarks>
    /// When every row fell into one cell the spread seen is nothing; then the interval reaches as far as it would if the
    /// share 3.84/(n + 3.84) of rows, which Wilson's interval leaves open, were of the worst or of the best kind.
    /// </remarks>
    public static Estimate BusinessValue(ConfusionTable table, CostMatrix costs)
    {
        var state = Estimate.StateOf(table.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double mean = costs.Mean(table);
        double variance = Square(costs.TruePositive) * table.Squares.TruePositives + Square(costs.FalsePositive) * table.Squares.FalsePositives
            + Square(costs.FalseNegative) * table.Squares.FalseNegatives + Square(costs.TrueNegative) * table.Squares.TrueNegatives;
        if (variance > 0) { return Estimate.Normal(mean, Math.Sqrt(variance) / table.Sum, costs.Least, costs.Greatest); }
        double open = Proportion.Wilson(0, table.EffectiveRows).High;
        return new Estimate(mean, mean - open * (mean - costs.Least), mean + open * (costs.Greatest - mean), MeasureState.Ok);

        double Square(double value) => (value - mean) * (value - mean);
    }

    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half. DeLong's interval.</summary>
    /// <remarks>
    /// O(n log n) by midranks. Where DeLong's variance vanishes or is undefined (perfect separation, a single positive), Wilson's interval for
    /// as many trials as the rarer class has rows. Sources: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44(3), 1988;
    /// X. Sun, W. Xu, IEEE Signal Process. Lett. 21(11), 2014. Weighted rows enter the variance by their squared weights.
    /// </remarks>
    /// <param name="scores">n scores, larger for positive; infinities are allowed, NaN is not.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; OneClass when all outcomes are the same.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static Estimate RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        var rows = ScoredRows.Of(scores, actual, weights);
        var state = Estimate.StateOf(SampleWeights.Of(weights, scores.Length).EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (!rows.HasBothClasses) { return Estimate.CannotTell(MeasureState.OneClass); }
        double[] placements = new double[scores.Length];
        double area = rows.Placements(placements);
        Spread ofPositives = default, ofNegatives = default;
        for (int i = 0; i < placements.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i], deviation = weight * (placements[i] - area);
            if (actual[i]) { ofPositives = ofPositives.Add(weight, deviation); } else { ofNegatives = ofNegatives.Add(weight, deviation); }
        }
        double variance = ofPositives.OfMean + ofNegatives.OfMean;
        return variance > 0
            ? Estimate.Normal(area, Math.Sqrt(variance), 0, 1)
            : Proportion.Wilson(area, Math.Min(ofPositives.EffectiveRows, ofNegatives.EffectiveRows));
    }

    private static Estimate Share(ConfusionTable table, double successes, double trials, double squares)
    {
        var state = Estimate.StateOf(table.EffectiveRows);
        return state != MeasureState.Ok ? Estimate.CannotTell(state)
            : trials <= 0 ? Estimate.CannotTell(MeasureState.OneClass)
            : Proportion.Wilson(successes / trials, ConfusionSquares.Effective(trials, squares));
    }

    /// <summary>Sums for the variance of a weighted mean of one class.</summary>
    private readonly record struct Spread(double Sum, double Squares, double Deviations)
    {
        public double EffectiveRows => ConfusionSquares.Effective(Sum, Squares);

        /// <summary>Unweighted Σ(x − mean)²/(n − 1)/n; 0 of one row.</summary>
        public double OfMean => EffectiveRows > 1 ? Deviations / (Sum * Sum) * EffectiveRows / (EffectiveRows - 1) : 0;

        public Spread Add(double weight, double deviation) => new(Sum + weight, Squares + weight * weight, Deviations + deviation * deviation);
    }
}
