using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Confidence-based performance estimation of a classifier with K labels 0 … K − 1: what its measures are without outcomes.</summary>
/// <remarks>
/// As <see cref="Cbpe"/>, each label against the rest: the label's probabilities are calibrated where that helps, rows are scaled to sum 1, and
/// measures are averaged over labels. The estimates agree with NannyML 0.13.1.
/// </remarks>
public sealed class MulticlassCbpe
{
    private readonly IsotonicRegression?[] _calibrators;
    private readonly ReferenceSpread[][] _spreads; // By measure, then label; of accuracy only one.

    private MulticlassCbpe(IsotonicRegression?[] calibrators, ReferenceSpread[][] spreads) => (_calibrators, _spreads) = (calibrators, spreads);

    /// <summary>The calibrator of each label; null where its probabilities need none.</summary>
    public IReadOnlyList<IsotonicRegression?> Calibrators => _calibrators;

    /// <summary>Learns from a reference with outcomes. O(K n log n).</summary>
    /// <param name="probabilities">n·K probabilities in [0, 1], row after row, as the model gave them; n ≥ 1, K ≥ 2.</param>
    /// <param name="predicted">n predicted labels in [0, K).</param>
    /// <param name="actual">n outcomes in [0, K).</param>
    /// <param name="classes">K.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths do not fit, or a label or a probability is outside its range.</exception>
    public static MulticlassCbpe Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, int classes)
    {
        Require(probabilities, predicted, classes);
        MulticlassScores.Require(probabilities, actual, classes);
        var calibrators = new IsotonicRegression?[classes];
        var spreads = new ReferenceSpread[Enum.GetValues<MulticlassMeasure>().Length][];
        for (int measure = 0; measure < spreads.Length; measure++) { spreads[measure] = new ReferenceSpread[classes]; }
        double[] own = new double[actual.Length], outcomes = new double[actual.Length];
        bool[] positive = new bool[actual.Length], named = new bool[actual.Length];
        double right = 0;
        for (int i = 0; i < actual.Length; i++) { right += predicted[i] == actual[i] ? 1 : 0; }
        spreads[(int)MulticlassMeasure.Accuracy] = [BinarySpread.Share(right, actual.Length, actual.Length)];
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < own.Length; i++)
            {
                (own[i], positive[i], named[i], outcomes[i]) = (probabilities[i * classes + k], actual[i] == k, predicted[i] == k, actual[i] == k ? 1 : 0);
            }
            calibrators[k] = CalibrationNeed.Decide(own, positive) ? IsotonicRegression.Fit(own, outcomes) : null;
            var table = ConfusionTable.Of(named, positive);
            double n = actual.Length, hits = table.TruePositives;
            spreads[(int)MulticlassMeasure.RocAuc][k] = BinarySpread.OfRocAuc(own, positive);
            // Unlike the binary one, NannyML's F1 of many labels does not count a hit for more than a miss.
            spreads[(int)MulticlassMeasure.F1][k] = BinarySpread.Share(hits, hits + table.FalsePositives + table.FalseNegatives, n);
            spreads[(int)MulticlassMeasure.Precision][k] = BinarySpread.Share(hits, hits + table.FalsePositives, n);
            spreads[(int)MulticlassMeasure.Recall][k] = BinarySpread.Share(hits, table.Positives, n);
            spreads[(int)MulticlassMeasure.Specificity][k] = BinarySpread.Share(table.TrueNegatives, table.Negatives, n);
        }
        return new MulticlassCbpe(calibrators, spreads);
    }

    /// <summary>Standard error of a measure realised on n rows: the root of the summed variances of its labels over K, as if they were independent.</summary>
    /// <remarks>They are not; for the area under the ROC curve a fifth is added for that, as in NannyML.</remarks>
    public double SamplingError(MulticlassMeasure measure, long rows)
    {
        var spreads = _spreads[(int)measure];
        double variance = 0;
        foreach (var spread in spreads) { variance += spread.ErrorOf(rows) * spread.ErrorOf(rows); }
        return Math.Sqrt(variance) / spreads.Length * (measure == MulticlassMeasure.RocAuc ? 1.2 : 1);
    }

    /// <summary>Estimates every measure of n rows without outcomes. O(K n log n).</summary>
    /// <param name="probabilities">n·K probabilities in [0, 1], row after row, as the model gave them; n ≥ 1.</param>
    /// <param name="predicted">n predicted labels in [0, K).</param>
    /// <returns>By measure. A label's ratio of nothing to nothing counts as 0.</returns>
    /// <exception cref="ArgumentException">There is no row, the lengths do not fit, or a label or a probability is outside its range.</exception>
    public IReadOnlyDictionary<MulticlassMeasure, PerformanceEstimate> Estimate(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> predicted)
    {
        int classes = _calibrators.Length, rows = predicted.Length;
        Require(probabilities, predicted, classes);
        double[] calibrated = Calibrate(probabilities, rows), own = new double[rows], scores = new double[rows];
        bool[] named = new bool[rows];
        double area = 0, f1 = 0, precision = 0, recall = 0, specificity = 0, right = 0;
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < rows; i++) { (own[i], scores[i], named[i]) = (calibrated[i * classes + k], probabilities[i * classes + k], predicted[i] == k); }
            var table = ExpectedPerformance.Table(named, own);
            area += ExpectedPerformance.RocAuc(own, scores) / classes;
            f1 += table.F(1, undefined: 0) / classes;
            precision += table.Precision(undefined: 0) / classes;
            recall += table.Recall(undefined: 0) / classes;
            specificity += table.Specificity(undefined: 0) / classes;
            right += table.TruePositives / rows;
        }
        return new Dictionary<MulticlassMeasure, PerformanceEstimate>
        {
            [MulticlassMeasure.RocAuc] = Of(MulticlassMeasure.RocAuc, area),
            [MulticlassMeasure.F1] = Of(MulticlassMeasure.F1, f1),
            [MulticlassMeasure.Precision] = Of(MulticlassMeasure.Precision, precision),
            [MulticlassMeasure.Recall] = Of(MulticlassMeasure.Recall, recall),
            [MulticlassMeasure.Specificity] = Of(MulticlassMeasure.Specificity, specificity),
            [MulticlassMeasure.Accuracy] = Of(MulticlassMeasure.Accuracy, right),
        };

        PerformanceEstimate Of(MulticlassMeasure measure, double value) => PerformanceEstimate.Of(value, SamplingError(measure, rows), 0, 1);
    }

    /// <summary>The measure realised on rows with outcomes, as a threshold is set from: NaN when outcomes or predictions are all the same, but for accuracy.</summary>
    /// <param name="measure">What to measure.</param>
    /// <param name="probabilities">n·K probabilities, as the model gave them.</param>
    /// <param name="predicted">n predicted labels in [0, K).</param>
    /// <param name="actual">n outcomes in [0, K).</param>
    /// <param name="classes">K.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label or a probability is outside its range.</exception>
    public static double Realized(MulticlassMeasure measure, ReadOnlySpan<double> probabilities, ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, int classes)
    {
        Require(probabilities, predicted, classes);
        MulticlassScores.Require(probabilities, actual, classes);
        if (measure == MulticlassMeasure.RocAuc) { return MulticlassScores.RocAucOneVersusRest(probabilities, actual, classes, Averaging.Macro); }
        bool[] named = new bool[actual.Length], positive = new bool[actual.Length];
        double sum = 0, right = 0;
        bool constant = actual.Length == actual.Count(actual[0]) || predicted.Length == predicted.Count(predicted[0]);
        if (constant && measure != MulticlassMeasure.Accuracy) { return double.NaN; }
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < actual.Length; i++) { (named[i], positive[i]) = (predicted[i] == k, actual[i] == k); }
            var table = ConfusionTable.Of(named, positive);
            right += table.TruePositives;
            sum += measure switch
            {
                MulticlassMeasure.F1 => table.F(1, undefined: 0),
                MulticlassMeasure.Precision => table.Precision(undefined: 0),
                MulticlassMeasure.Recall => table.Recall(undefined: 0),
                _ => table.Specificity(),
            };
        }
        return measure == MulticlassMeasure.Accuracy ? right / actual.Length : sum / classes;
    }

    private double[] Calibrate(ReadOnlySpan<double> probabilities, int rows)
    {
        int classes = _calibrators.Length;
        double[] calibrated = probabilities.ToArray();
        for (int i = 0; i < rows; i++)
        {
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                ref double value = ref calibrated[i * classes + k];
                value = _calibrators[k]?.Predict(value) ?? value;
                sum += value;
            }
            for (int k = 0; k < classes; k++) { calibrated[i * classes + k] = sum > 0 ? calibrated[i * classes + k] / sum : 1.0 / classes; }
        }
        return calibrated;
    }

    private static void Require(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> predicted, int classes)
    {
        if (predicted.IsEmpty) { throw new ArgumentException("There is no row.", nameof(predicted)); }
        MulticlassScores.Require(probabilities, predicted, classes);
        ScoreMeasures.RequireProbabilities(probabilities);
    }
}
