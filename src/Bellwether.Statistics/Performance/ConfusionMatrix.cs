namespace Bellwether.Statistics.Performance;

/// <summary>Outcome by predicted label of a classifier with any number of labels, with the measures that depend on nothing else.</summary>
/// <remarks>
/// Only labels that occur, predicted or real, have a row and a column. A class for which a ratio is nothing to nothing (never predicted, for
/// precision) counts as <c>undefined</c> in a mean over classes, 0 by custom. <see cref="MulticlassPerformance"/> adds intervals.
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly int[] _labels;
    private readonly double[] _cells;   // Outcome times K plus prediction.
    private readonly double[] _squares;
    private readonly double[] _outcomes;
    private readonly double[] _predictions;

    internal ConfusionMatrix(int[] labels, double[] cells, double[] squares)
    {
        (_labels, _cells, _squares) = (labels, cells, squares);
        int classes = labels.Length;
        _outcomes = new double[classes];
        _predictions = new double[classes];
        for (int i = 0; i < classes; i++)
        {
            for (int j = 0; j < classes; j++)
            {
                _outcomes[i] += cells[i * classes + j];
                _predictions[j] += cells[i * classes + j];
                Diagonal += i == j ? cells[i * classes + j] : 0;
            }
        }
        foreach (double outcome in _outcomes) { Sum += outcome; }
        EffectiveRows = ConfusionSquares.Effective(Sum, squares.Sum());
    }

    /// <summary>The K labels that occur, ascending.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Sum of the weights.</summary>
    public double Sum { get; }

    /// <summary>Rows that would say as much unweighted: their number when every weight is 1.</summary>
    public double EffectiveRows { get; }

    /// <summary>Weight of rows predicted right.</summary>
    internal double Diagonal { get; }

    internal ReadOnlySpan<double> Outcomes => _outcomes;

    internal ReadOnlySpan<double> Predictions => _predictions;

    internal ReadOnlySpan<double> Squares => _squares;

    /// <summary>Weight of rows with that outcome and that prediction.</summary>
    /// <param name="outcome">Place of the outcome's label, in [0, K).</param>
    /// <param name="prediction">Place of the predicted label, in [0, K).</param>
    public double this[int outcome, int prediction] => _cells[outcome * _labels.Length + prediction];

    /// <summary>Counts n rows. O(n log K).</summary>
    /// <param name="predicted">n labels, any whole numbers.</param>
    /// <param name="actual">n labels.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the weights are not as described or all 0.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, ReadOnlySpan<double> weights = default)
    {
        if (predicted.Length != actual.Length) { throw new ArgumentException($"Expected {predicted.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        var weight = SampleWeights.Of(weights, predicted.Length);
        var distinct = new HashSet<int>();
        foreach (int label in predicted) { distinct.Add(label); }
        foreach (int label in actual) { distinct.Add(label); }
        int[] labels = [.. distinct.Order()];
        double[] cells = new double[labels.Length * labels.Length], squares = new double[cells.Length];
        for (int i = 0; i < predicted.Length; i++)
        {
            int cell = Array.BinarySearch(labels, actual[i]) * labels.Length + Array.BinarySearch(labels, predicted[i]);
            cells[cell] += weight[i];
            squares[cell] += weight[i] * weight[i];
        }
        return new ConfusionMatrix(labels, cells, squares);
    }

    /// <summary>The table of one label against all others.</summary>
    /// <param name="label">Its place, in [0, K).</param>
    public ConfusionTable OneVersusRest(int label)
    {
        double hits = this[label, label], square = _squares[label * _labels.Length + label], predicted = 0, actual = 0, all = 0;
        for (int i = 0; i < _squares.Length; i++)
        {
            all += _squares[i];
            predicted += i % _labels.Length == label ? _squares[i] : 0;
            actual += i / _labels.Length == label ? _squares[i] : 0;
        }
        return ConfusionTable.Weighted(
            hits,
            _predictions[label] - hits,
            _outcomes[label] - hits,
            Sum - _predictions[label] - _outcomes[label] + hits,
            new ConfusionSquares(square, predicted - square, actual - square, all - predicted - actual + square));
    }

    /// <summary>Share of rows predicted right, in [0, 1].</summary>
    public double Accuracy(double undefined = double.NaN) => Sum > 0 ? Diagonal / Sum : undefined;

    /// <summary>Mean recall over the labels that occur among the outcomes, in [0, 1]; NaN without outcomes.</summary>
    public double BalancedAccuracy()
    {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < _labels.Length; k++)
        {
            if (_outcomes[k] == 0) { continue; }
            sum += this[k, k] / _outcomes[k];
            classes++;
        }
        return classes == 0 ? double.NaN : sum / classes;
    }

    /// <summary>Share of right rows among those predicted a label, averaged; in [0, 1].</summary>
    public double Precision(Averaging averaging, double undefined = 0) => Average(averaging, undefined, static (table, answer) => table.Precision(answer));

    /// <summary>Share of right rows among those whose outcome is a label, averaged; in [0, 1].</summary>
    public double Recall(Averaging averaging, double undefined = 0) => Average(averaging, undefined, static (table, answer) => table.Recall(answer));

    /// <summary>F1 of each label, averaged; in [0, 1].</summary>
    public double F1(Averaging averaging, double undefined = 0) => Average(averaging, undefined, static (table, answer) => table.F(1, answer));

    /// <summary>Specificity of each label, averaged; in [0, 1].</summary>
    public double Specificity(Averaging averaging, double undefined = 0) => Average(averaging, undefined, static (table, answer) => table.Specificity(answer));

    /// <summary>Gorodkin's correlation of prediction and outcome (Matthews' for two labels), in [−1, 1].</summary>
    /// <param name="constant">The answer when predictions or outcomes are all the same; 0 by custom.</param>
    /// <remarks>Source: J. Gorodkin, Comput. Biol. Chem. 28(5–6), 2004.</remarks>
    public double Mcc(double constant = 0)
    {
        double together = 0, outcomes = 0, predictions = 0;
        for (int k = 0; k < _labels.Length; k++)
        {
            together += _outcomes[k] * _predictions[k];
            outcomes += _outcomes[k] * _outcomes[k];
            predictions += _predictions[k] * _predictions[k];
        }
        double spread = (Sum * Sum - outcomes) * (Sum * Sum - predictions);
        return spread > 0 ? Math.Clamp((Diagonal * Sum - together) / Math.Sqrt(spread), -1, 1) : constant;
    }

    /// <summary>Cohen's kappa: agreement beyond chance, at most 1; NaN when every row has the same outcome and prediction, or none is there.</summary>
    /// <param name="quadratic">Whether a disagreement counts by the square of the distance of its labels' places, as of ordered labels.</param>
    /// <remarks>Source: J. Cohen, Educ. Psychol. Meas. 20(1), 1960; with weights Psychol. Bull. 70(4), 1968.</remarks>
    public double Kappa(bool quadratic = false)
    {
        double observed = 0, expected = 0;
        for (int i = 0; i < _labels.Length; i++)
        {
            for (int j = 0; j < _labels.Length; j++)
            {
                double distance = Distance(i, j, quadratic);
                observed += distance * this[i, j];
                expected += distance * _outcomes[i] * _predictions[j];
            }
        }
        return expected > 0 ? 1 - observed * Sum / expected : double.NaN;
    }

    internal static double Distance(int i, int j, bool quadratic) => quadratic ? (double)(i - j) * (i - j) : i == j ? 0 : 1;

    private double Average(Averaging averaging, double undefined, Func<ConfusionTable, double, double> measure)
    {
        if (averaging == Averaging.Micro)
        {
            var all = default(ConfusionTable);
            for (int k = 0; k < _labels.Length; k++) { all += OneVersusRest(k); }
            return measure(all, undefined);
        }
        double sum = 0, weights = 0;
        for (int k = 0; k < _labels.Length; k++)
        {
            double weight = averaging == Averaging.Macro ? 1 : _outcomes[k];
            sum += weight * measure(OneVersusRest(k), undefined);
            weights += weight;
        }
        return weights > 0 ? sum / weights : undefined;
    }
}
