namespace Bellwether.Statistics.Performance;

/// <summary>Measures of predicted numbers against outcomes, for any number of rows.</summary>
/// <remarks>
/// All take n finite predictions, n finite outcomes and n weights ≥ 0 (none: 1 each), and throw an <see cref="ArgumentException"/> when the lengths
/// differ, a number is not finite, or the weights are not as described or all 0. Of no rows each is NaN. O(n), the medians O(n log n).
/// <see cref="RegressionPerformance"/> gives the same with intervals.
/// </remarks>
public static class RegressionMeasures
{
    /// <summary>Mean of prediction less outcome, in their unit; &gt; 0 when predictions are too high.</summary>
    public static double MeanError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.Error), weights);

    /// <summary>Mean absolute error, in their unit, ≥ 0.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.Absolute), weights);

    /// <summary>Mean squared error, in their unit squared, ≥ 0. Errors above 10¹⁵⁰ overflow to infinity.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.Squared), weights);

    /// <summary>Root of the mean squared error, in their unit, ≥ 0.</summary>
    public static double RootMeanSquareError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Math.Sqrt(MeanSquaredError(predicted, actual, weights));

    /// <summary>Mean squared difference of ln(1 + value), ≥ 0.</summary>
    /// <exception cref="ArgumentException">Also when a prediction or outcome is negative.</exception>
    public static double MeanSquaredLogError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.SquaredLog), weights);

    /// <summary>Root of the mean squared difference of ln(1 + value), ≥ 0.</summary>
    /// <exception cref="ArgumentException">Also when a prediction or outcome is negative.</exception>
    public static double RootMeanSquaredLogError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Math.Sqrt(MeanSquaredLogError(predicted, actual, weights));

    /// <summary>Mean of |error| / max(|outcome|, 2⁻⁵²), a fraction, ≥ 0. A single outcome of 0 makes it huge: prefer the symmetric one then.</summary>
    public static double MeanAbsolutePercentageError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.Percentage), weights);

    /// <summary>Mean of 2|error| / (|prediction| + |outcome|), in [0, 2]; a row with both 0 counts as 0.</summary>
    public static double SymmetricPercentageError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(Losses(predicted, actual, RegressionLoss.SymmetricPercentage), weights);

    /// <summary>Mean pinball loss of a predicted quantile, in their unit, ≥ 0; at level ½ half the mean absolute error.</summary>
    /// <param name="predicted">n finite predictions of the quantile.</param>
    /// <param name="actual">n finite outcomes.</param>
    /// <param name="level">Level of the quantile, in [0, 1].</param>
    /// <param name="weights">n weights ≥ 0, or none.</param>
    /// <exception cref="ArgumentException">Also when the level is outside [0, 1].</exception>
    public static double Pinball(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, double level, ReadOnlySpan<double> weights = default) =>
        Mean(PinballLosses(predicted, actual, level), weights);

    /// <summary>Median of |error|, in their unit, ≥ 0: of an even number unweighted the mean of the middle two, weighted the first at which half the weight is reached.</summary>
    public static double MedianAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Median(Losses(predicted, actual, RegressionLoss.Absolute), weights);

    /// <summary>Greatest |error|, in their unit, ≥ 0.</summary>
    public static double MaxError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double[] losses = Losses(predicted, actual, RegressionLoss.Absolute);
        return losses.Length == 0 ? double.NaN : losses.Max();
    }

    /// <summary>R², 1 less the squared error over that of the outcomes' mean; at most 1, below 0 when worse than the mean.</summary>
    /// <returns>Of fewer than two rows NaN; of constant outcomes 1 when all are met and else 0, as in scikit-learn.</returns>
    public static double R2(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double[] losses = Losses(predicted, actual, RegressionLoss.Squared);
        return losses.Length < 2 ? double.NaN : OneLess(Mean(losses, weights), Variance(actual, weights));
    }

    /// <summary>1 less the variance of the errors over that of the outcomes; at most 1. Unlike R² it forgives a constant error.</summary>
    /// <returns>Of constant outcomes 1 when the errors are constant too and else 0, as in scikit-learn.</returns>
    public static double ExplainedVariance(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double[] errors = Losses(predicted, actual, RegressionLoss.Error);
        return errors.Length == 0 ? double.NaN : OneLess(Variance(errors, weights), Variance(actual, weights));
    }

    /// <summary>1 less the absolute error over that of the outcomes' median, at most 1.</summary>
    /// <returns>Of fewer than two rows NaN; of constant outcomes 1 when all are met and else 0.</returns>
    public static double AbsoluteErrorExplained(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double[] losses = Losses(predicted, actual, RegressionLoss.Absolute);
        if (losses.Length < 2) { return double.NaN; }
        double[] deviations = actual.ToArray();
        double median = Median(deviations, weights);
        foreach (ref double deviation in deviations.AsSpan()) { deviation = Math.Abs(deviation - median); }
        return OneLess(Mean(losses, weights), Mean(deviations, weights));
    }

    /// <summary>Pearson's correlation of prediction and outcome, in [−1, 1]; NaN when either is constant or there are fewer than two rows.</summary>
    public static double Pearson(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        Losses(predicted, actual, RegressionLoss.Error);
        double x = MathNet.Numerics.Statistics.ArrayStatistics.Mean(predicted.ToArray()), y = MathNet.Numerics.Statistics.ArrayStatistics.Mean(actual.ToArray());
        double xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            (xx, yy, xy) = (xx + (predicted[i] - x) * (predicted[i] - x), yy + (actual[i] - y) * (actual[i] - y), xy + (predicted[i] - x) * (actual[i] - y));
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rank correlation of prediction and outcome, in [−1, 1], ties sharing their mean rank; NaN when either is constant or there are fewer than two rows.</summary>
    public static double Spearman(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        Losses(predicted, actual, RegressionLoss.Error);
        return Pearson(Ranks(predicted), Ranks(actual));
    }

    internal static double[] Losses(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, RegressionLoss loss)
    {
        if (predicted.Length != actual.Length) { throw new ArgumentException($"Expected {predicted.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        double[] losses = new double[predicted.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            double p = predicted[i], y = actual[i];
            if (!double.IsFinite(p)) { throw new ArgumentException($"Prediction {p} at {i} is not finite.", nameof(predicted)); }
            if (!double.IsFinite(y)) { throw new ArgumentException($"Outcome {y} at {i} is not finite.", nameof(actual)); }
            if (loss == RegressionLoss.SquaredLog && Math.Min(p, y) < 0)
            {
                throw new ArgumentException($"Prediction {p} or outcome {y} at {i} is negative.", p < 0 ? nameof(predicted) : nameof(actual));
            }
            losses[i] = loss switch
            {
                RegressionLoss.Error => p - y,
                RegressionLoss.Absolute => Math.Abs(p - y),
                RegressionLoss.Squared => (p - y) * (p - y),
                RegressionLoss.SquaredLog => Square(double.LogP1(p) - double.LogP1(y)),
                RegressionLoss.Percentage => Math.Abs(p - y) / Math.Max(Math.Abs(y), 2.220446049250313e-16),
                _ => p == y ? 0 : 2 * Math.Abs(p - y) / (Math.Abs(p) + Math.Abs(y)),
            };
        }
        return losses;

        static double Square(double x) => x * x;
    }

    internal static double[] PinballLosses(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, double level)
    {
        if (!(level is >= 0 and <= 1)) { throw new ArgumentException($"Level {level} is not in [0, 1].", nameof(level)); }
        double[] losses = Losses(predicted, actual, RegressionLoss.Error);
        foreach (ref double loss in losses.AsSpan()) { loss = loss > 0 ? (1 - level) * loss : -level * loss; }
        return losses;
    }

    internal static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var weight = SampleWeights.Of(weights, values.Length);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) { sum += weight[i] * values[i]; }
        return sum / weight.Sum;
    }

    internal static double Variance(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double mean = Mean(values, weights);
        double[] squares = new double[values.Length];
        for (int i = 0; i < squares.Length; i++) { squares[i] = (values[i] - mean) * (values[i] - mean); }
        return Mean(squares, weights);
    }

    internal static double Median(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.IsEmpty) { return double.NaN; }
        var weight = SampleWeights.Of(weights, values.Length);
        double[] sorted = values.ToArray(), kept = new double[values.Length];
        for (int i = 0; i < kept.Length; i++) { kept[i] = weight[i]; }
        Array.Sort(sorted, kept);
        if (weights.IsEmpty)
        {
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
        double reached = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            reached += kept[i];
            if (reached >= weight.Sum / 2) { return sorted[i]; }
        }
        return sorted[^1];
    }

    internal static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray(), ranks = new double[values.Length];
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++) { order[i] = i; }
        Array.Sort(sorted, order);
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) { end++; }
            for (int i = start; i < end; i++) { ranks[order[i]] = (start + end + 1) / 2.0; }
            start = end;
        }
        return ranks;
    }

    private static double OneLess(double part, double whole) => whole > 0 ? 1 - part / whole : part > 0 ? 0 : 1;
}
