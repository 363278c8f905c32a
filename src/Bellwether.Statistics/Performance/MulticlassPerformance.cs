namespace Bellwether.Statistics.Performance;

/// <summary>Measures of a classifier with any number of labels, each with a 95 % interval.</summary>
/// <remarks>
/// Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>; of weighted rows the effective number counts.
/// The values are those of <see cref="ConfusionMatrix"/>. Where no share is at hand the interval is the delta method's: the standard error is that
/// of the rows' influences, the measure's derivative by the share of each cell. Where all influences vanish, as when every row is right, it is
/// Wilson's for n trials. Labels with few rows make it too short.
/// </remarks>
public static class MulticlassPerformance
{
    /// <summary>Share of rows predicted right; Wilson.</summary>
    /// <param name="predicted">n labels.</param>
    /// <param name="actual">n labels.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Accuracy(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual) => Accuracy(ConfusionMatrix.Of(predicted, actual));

    /// <summary>Share of rows predicted right; Wilson.</summary>
    public static Estimate Accuracy(ConfusionMatrix matrix)
    {
        var state = Estimate.StateOf(matrix.EffectiveRows);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : Proportion.Wilson(Math.Min(1, matrix.Accuracy()), matrix.EffectiveRows);
    }

    /// <summary>Mean over labels of F1, labels that occur among predictions or outcomes; delta method.</summary>
    /// <param name="predicted">n labels.</param>
    /// <param name="actual">n labels.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate MacroF1(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual) => F1(ConfusionMatrix.Of(predicted, actual), Averaging.Macro);

    /// <summary>Mean recall over the labels that occur among the outcomes; delta method.</summary>
    public static Estimate BalancedAccuracy(ConfusionMatrix matrix)
    {
        double value = matrix.BalancedAccuracy(), present = 0;
        foreach (double outcome in matrix.Outcomes) { present += outcome > 0 ? 1 : 0; }
        return Delta(matrix, value, 0, 1, (i, j) =>
        {
            double share = matrix.Outcomes[i] / matrix.Sum;
            return ((i == j ? 1 : 0) - matrix[i, i] / matrix.Outcomes[i]) / share / present;
        });
    }

    /// <summary>Share of right rows among those predicted a label, averaged; delta method. A label never predicted counts as 0.</summary>
    public static Estimate Precision(ConfusionMatrix matrix, Averaging averaging) => Averaged(matrix, averaging, matrix.Precision(averaging), static (m, k, i, j) =>
        j != k ? 0 : ((i == k ? 1 : 0) - m[k, k] / m.Predictions[k]) / m.Predictions[k], static (m, k) => m.Predictions[k] > 0 ? m[k, k] / m.Predictions[k] : 0);

    /// <summary>Share of right rows among those whose outcome is a label, averaged; delta method. A label that never occurs counts as 0.</summary>
    public static Estimate Recall(ConfusionMatrix matrix, Averaging averaging) => Averaged(matrix, averaging, matrix.Recall(averaging), static (m, k, i, j) =>
        i != k ? 0 : ((j == k ? 1 : 0) - m[k, k] / m.Outcomes[k]) / m.Outcomes[k], static (m, k) => m.Outcomes[k] > 0 ? m[k, k] / m.Outcomes[k] : 0);

    /// <summary>F1 of each label, averaged; delta method.</summary>
    public static Estimate F1(ConfusionMatrix matrix, Averaging averaging) => Averaged(matrix, averaging, matrix.F1(averaging), static (m, k, i, j) =>
    {
        double named = m.Outcomes[k] + m.Predictions[k], value = 2 * m[k, k] / named;
        return ((i == k && j == k ? 2 : 0) - value * ((i == k ? 1 : 0) + (j == k ? 1 : 0))) / named;
    }, static (m, k) => 2 * m[k, k] / (m.Outcomes[k] + m.Predictions[k]));

    /// <summary>Specificity of each label, averaged; delta method.</summary>
    public static Estimate Specificity(ConfusionMatrix matrix, Averaging averaging)
    {
        double value = matrix.Specificity(averaging), others = matrix.Labels.Count - 1;
        return averaging == Averaging.Micro
            // The negatives are (K − 1) times the rows, and each wrong row is one false positive among them.
            ? Delta(matrix, others > 0 ? value : double.NaN, 0, 1, (i, j) => 1 - value - (i == j ? 0 : 1) / others)
            : Averaged(matrix, averaging, value, static (m, k, i, j) => i == k ? 0 : ((j != k ? 1 : 0) - OfSpecificity(m, k)) / (m.Sum - m.Outcomes[k]), OfSpecificity);
    }

    /// <summary>Gorodkin's (for two labels Matthews') correlation of prediction and outcome; delta method. OneClass when either is constant.</summary>
    public static Estimate Mcc(ConfusionMatrix matrix)
    {
        double value = matrix.Mcc(double.NaN), sum = matrix.Sum, outcomes = 1, predictions = 1, together = 0;
        for (int k = 0; k < matrix.Labels.Count; k++)
        {
            double r = matrix.Outcomes[k] / sum, c = matrix.Predictions[k] / sum;
            (outcomes, predictions, together) = (outcomes - r * r, predictions - c * c, together + r * c);
        }
        double right = matrix.Diagonal / sum, root = Math.Sqrt(outcomes * predictions);
        return Delta(matrix, value, -1, 1, (i, j) =>
        {
            double r = matrix.Outcomes[i] / sum, c = matrix.Predictions[j] / sum;
            double above = (i == j ? 1 : 0) + right - matrix.Predictions[i] / sum - matrix.Outcomes[j] / sum;
            return above / root - value * ((1 - r) / outcomes + (1 - c) / predictions);
        });
    }

    /// <summary>Cohen's kappa; delta method. OneClass when every row has the same outcome and prediction.</summary>
    /// <remarks>Source of the variance: J. L. Fleiss, J. Cohen, B. S. Everitt, Psychol. Bull. 72(5), 1969.</remarks>
    /// <param name="matrix">The counts.</param>
    /// <param name="quadratic">Whether a disagreement counts by the square of the distance of its labels' places.</param>
    public static Estimate Kappa(ConfusionMatrix matrix, bool quadratic = false)
    {
        double value = matrix.Kappa(quadratic), sum = matrix.Sum, observed = 0, expected = 0;
        int classes = matrix.Labels.Count;
        double[] ofOutcome = new double[classes], ofPrediction = new double[classes]; // Expected distance given one of the two.
        for (int i = 0; i < classes; i++)
        {
            for (int j = 0; j < classes; j++)
            {
                double distance = ConfusionMatrix.Distance(i, j, quadratic);
                observed += distance * matrix[i, j] / sum;
                expected += distance * matrix.Outcomes[i] * matrix.Predictions[j] / (sum * sum);
                ofOutcome[i] += distance * matrix.Predictions[j] / sum;
                ofPrediction[j] += distance * matrix.Outcomes[i] / sum;
            }
        }
        return Delta(matrix, value, double.NegativeInfinity, 1, (i, j) =>
            -(observed + ConfusionMatrix.Distance(i, j, quadratic)) / expected + observed * (ofOutcome[i] + ofPrediction[j]) / (expected * expected));
    }

    private static double OfSpecificity(ConfusionMatrix m, int k)
    {
        double others = m.Sum - m.Outcomes[k];
        return others > 0 ? (others - m.Predictions[k] + m[k, k]) / others : 0;
    }

    /// <summary>A mean over classes, from each class's derivative by the weight of a cell.</summary>
    private static Estimate Averaged(
        ConfusionMatrix matrix, Averaging averaging, double value, Func<ConfusionMatrix, int, int, int, double> slope, Func<ConfusionMatrix, int, double> ofClass)
    {
        int classes = matrix.Labels.Count;
        if (averaging == Averaging.Micro) { return Accuracy(matrix); } // Precision, recall and F1 of the added tables all are.
        return Delta(matrix, value, 0, 1, (i, j) =>
        {
            double influence = averaging == Averaging.Weighted ? ofClass(matrix, i) - value : 0;
            for (int k = 0; k < classes; k++)
            {
                // Without a row to divide by, the class counts as 0 whatever the cell.
                double part = slope(matrix, k, i, j) * matrix.Sum;
                influence += double.IsFinite(part) ? part * (averaging == Averaging.Macro ? 1.0 / classes : matrix.Outcomes[k] / matrix.Sum) : 0;
            }
            return influence;
        });
    }

    private static Estimate Delta(ConfusionMatrix matrix, double value, double lowest, double highest, Func<int, int, double> influence)
    {
        var state = Estimate.StateOf(matrix.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (double.IsNaN(value)) { return Estimate.CannotTell(MeasureState.OneClass); }
        int classes = matrix.Labels.Count;
        double variance = 0;
        for (int cell = 0; cell < matrix.Squares.Length; cell++)
        {
            if (matrix.Squares[cell] == 0) { continue; }
            double part = influence(cell / classes, cell % classes);
            variance += part * part * matrix.Squares[cell];
        }
        double error = Math.Sqrt(variance) / matrix.Sum;
        if (error > 1e-9) { return Estimate.Normal(value, error, lowest, highest); } // Influences that cancel leave rounding dust, which is no interval.
        double bottom = double.IsFinite(lowest) ? lowest : -1;
        var share = Proportion.Wilson(Math.Clamp((value - bottom) / (highest - bottom), 0, 1), matrix.EffectiveRows);
        return new Estimate(value, bottom + share.Low * (highest - bottom), bottom + share.High * (highest - bottom), MeasureState.Ok);
    }
}
