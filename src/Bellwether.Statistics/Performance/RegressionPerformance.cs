namespace Bellwether.Statistics.Performance;

/// <summary>Measures of predicted numbers against outcomes, each with a 95 % interval.</summary>
/// <remarks>
/// Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>; of weighted rows the effective number counts.
/// The values, parameters and errors are those of <see cref="RegressionMeasures"/>. Means of heavy-tailed errors need far more rows than 30 for
/// their intervals to hold.
/// </remarks>
public static class RegressionPerformance
{
    /// <summary>Mean of prediction less outcome; normal.</summary>
    public static Estimate MeanError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.Error), weights, double.NegativeInfinity);

    /// <summary>Mean absolute error; normal interval.</summary>
    /// <param name="predicted">n finite numbers.</param>
    /// <param name="actual">n finite numbers.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>A number ≥ 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a number is not finite, or the weights are not as described or all 0.</exception>
    public static Estimate MeanAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.Absolute), weights, 0);

    /// <summary>Mean squared error; normal interval.</summary>
    public static Estimate MeanSquaredError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.Squared), weights, 0);

    /// <summary>Root of the mean squared error; delta method on the mean of squares.</summary>
    public static Estimate RootMeanSquareError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Root(RegressionMeasures.Losses(predicted, actual, RegressionLoss.Squared), weights);

    /// <summary>Mean squared difference of ln(1 + value); normal interval.</summary>
    public static Estimate MeanSquaredLogError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.SquaredLog), weights, 0);

    /// <summary>Root of the mean squared difference of ln(1 + value); delta method.</summary>
    public static Estimate RootMeanSquaredLogError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Root(RegressionMeasures.Losses(predicted, actual, RegressionLoss.SquaredLog), weights);

    /// <summary>Mean of |error| / |outcome|; normal interval.</summary>
    public static Estimate MeanAbsolutePercentageError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.Percentage), weights, 0);

    /// <summary>Mean of 2|error| / (|prediction| + |outcome|); normal interval.</summary>
    public static Estimate SymmetricPercentageError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.Losses(predicted, actual, RegressionLoss.SymmetricPercentage), weights, 0, 2);

    /// <summary>Mean pinball loss of a predicted quantile; normal interval.</summary>
    public static Estimate Pinball(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, double level, ReadOnlySpan<double> weights = default) =>
        Mean(RegressionMeasures.PinballLosses(predicted, actual, level), weights, 0);

    /// <summary>Median of |error|; between order statistics, which holds for every distribution.</summary>
    /// <remarks>
    /// The ends are the weighted quantiles at ½ ± z/(2√n), n the effective rows. Source: W. J. Conover, "Practical nonparametric statistics", 1999, §3.2.
    /// </remarks>
    public static Estimate MedianAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double[] losses = RegressionMeasures.Losses(predicted, actual, RegressionLoss.Absolute);
        var weight = SampleWeights.Of(weights, losses.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double median = RegressionMeasures.Median(losses, weights), half = Estimate.Z / (2 * Math.Sqrt(weight.EffectiveRows));
        double[] kept = new double[losses.Length];
        for (int i = 0; i < kept.Length; i++) { kept[i] = weight[i]; }
        Array.Sort(losses, kept);
        double low = losses[0], high = losses[^1], reached = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            if (reached <= (.5 - half) * weight.Sum) { low = losses[i]; }
            reached += kept[i];
            if (reached >= (.5 + half) * weight.Sum)
            {
                high = losses[Math.Min(i + 1, losses.Length - 1)];
                break;
            }
        }
        return new Estimate(median, Math.Min(low, median), Math.Max(high, median), MeasureState.Ok);
    }

    /// <summary>Greatest |error|. Without a model of the tail nothing bounds the greatest there can be, so the interval has no upper end.</summary>
    public static Estimate MaxError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double value = RegressionMeasures.MaxError(predicted, actual);
        var state = Estimate.StateOf(predicted.Length, actual.Length);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : new Estimate(value, value, double.PositiveInfinity, MeasureState.Ok);
    }

    /// <summary>R²; delta method of a ratio of means. Constant when the outcomes are.</summary>
    public static Estimate R2(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default) =>
        OneLessRatio(RegressionMeasures.R2(predicted, actual, weights), RegressionMeasures.Losses(predicted, actual, RegressionLoss.Squared), Squares(actual, weights), weights);

    /// <summary>Explained variance; delta method of a ratio of variances. Constant when the outcomes are.</summary>
    public static Estimate ExplainedVariance(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double value = RegressionMeasures.ExplainedVariance(predicted, actual, weights);
        double[] errors = RegressionMeasures.Losses(predicted, actual, RegressionLoss.Error);
        return OneLessRatio(value, Squares(errors, weights), Squares(actual, weights), weights);
    }

    /// <summary>Share of the absolute error about the median that predictions remove; delta method. Constant when the outcomes are.</summary>
    public static Estimate AbsoluteErrorExplained(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> weights = default)
    {
        double value = RegressionMeasures.AbsoluteErrorExplained(predicted, actual, weights);
        double[] losses = RegressionMeasures.Losses(predicted, actual, RegressionLoss.Absolute), deviations = actual.ToArray();
        double median = RegressionMeasures.Median(deviations, weights);
        foreach (ref double deviation in deviations.AsSpan()) { deviation = Math.Abs(deviation - median); }
        return OneLessRatio(value, losses, deviations, weights);
    }

    /// <summary>Pearson's correlation of prediction and outcome; rows' influences on Fisher's scale. Constant when either is.</summary>
    /// <remarks>Unlike Fisher's 1/√(n − 3) it does not suppose the two to be jointly normal.</remarks>
    public static Estimate Pearson(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double value = RegressionMeasures.Pearson(predicted, actual);
        var state = Estimate.StateOf(predicted.Length, actual.Length);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (double.IsNaN(value)) { return Estimate.CannotTell(MeasureState.Constant); }
        if (Math.Abs(value) > 1 - 1e-12) { return new Estimate(value, value, value, MeasureState.Ok); }
        double x = RegressionMeasures.Mean(predicted, []), y = RegressionMeasures.Mean(actual, []);
        double xx = Math.Sqrt(RegressionMeasures.Variance(predicted, [])), yy = Math.Sqrt(RegressionMeasures.Variance(actual, []));
        double variance = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            double u = (predicted[i] - x) / xx, v = (actual[i] - y) / yy, influence = u * v - value / 2 * (u * u + v * v);
            variance += influence * influence;
        }
        return Estimate.Fisher(value, Math.Sqrt(variance) / Math.Sqrt((double)predicted.Length * (predicted.Length - 1)));
    }

    /// <summary>Spearman's rank correlation of prediction and outcome; Bonett and Wright's interval on Fisher's scale. Constant when either is.</summary>
    /// <remarks>Source: D. G. Bonett, T. A. Wright, Psychometrika 65(1), 2000: standard error √((1 + r²/2)/(n − 3)).</remarks>
    public static Estimate Spearman(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double value = RegressionMeasures.Spearman(predicted, actual);
        var state = Estimate.StateOf(predicted.Length, actual.Length);
        return state != MeasureState.Ok ? Estimate.CannotTell(state)
            : double.IsNaN(value) ? Estimate.CannotTell(MeasureState.Constant)
            : Math.Abs(value) > 1 - 1e-12 ? new Estimate(value, value, value, MeasureState.Ok)
            : Estimate.Fisher(value, Math.Sqrt((1 + value * value / 2) / (predicted.Length - 3)) * (1 - value * value));
    }

    private static Estimate Mean(double[] losses, ReadOnlySpan<double> weights, double lowest, double highest = double.PositiveInfinity)
    {
        var weight = SampleWeights.Of(weights, losses.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : Estimate.Mean(losses, weight, lowest, highest);
    }

    private static Estimate Root(double[] squares, ReadOnlySpan<double> weights)
    {
        var mean = Mean(squares, weights, double.NegativeInfinity);
        if (mean.State != MeasureState.Ok) { return mean; }
        double root = Math.Sqrt(mean.Value);
        return root > 0
            ? Estimate.Normal(root, (mean.High - mean.Value) / Estimate.Z / (2 * root), 0, double.PositiveInfinity)
            : new Estimate(0, 0, 0, MeasureState.Ok);
    }

    /// <summary>1 − Σpart/Σwhole, from the influences of its rows, −(part − (1 − value)·whole)/mean of whole.</summary>
    private static Estimate OneLessRatio(double value, double[] part, double[] whole, ReadOnlySpan<double> weights)
    {
        var weight = SampleWeights.Of(weights, part.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double mean = RegressionMeasures.Mean(whole, weights);
        if (!(mean > 0)) { return Estimate.CannotTell(MeasureState.Constant); }
        for (int i = 0; i < part.Length; i++) { part[i] = value - (part[i] - (1 - value) * whole[i]) / mean; }
        return Estimate.Mean(part, weight, double.NegativeInfinity, 1) with { Value = value };
    }

    private static double[] Squares(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double mean = RegressionMeasures.Mean(values, weights);
        double[] squares = new double[values.Length];
        for (int i = 0; i < squares.Length; i++) { squares[i] = (values[i] - mean) * (values[i] - mean); }
        return squares;
    }
}
