using Bellwether.Statistics.Estimation.Boosting;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Direct loss estimation of a regression: a second model learns how large the first one's error is for which inputs.</summary>
/// <remarks>
/// The second model is of boosted trees on the features and the prediction. Needs the error to depend on them; sees no concept drift, and beyond the
/// inputs of the reference it repeats the nearest error. Estimates on the rows learnt from are too small: judge it on others.
/// Source: NannyML 0.13 (the method and its sampling errors).
/// </remarks>
public sealed class DirectLossEstimator
{
    private readonly RegressionMeasure _measure;
    private readonly GradientBoosting _losses;
    private readonly int _features;
    private readonly double _deviation;
    private readonly double _mean;

    private DirectLossEstimator(RegressionMeasure measure, GradientBoosting losses, int features, double deviation, double mean) =>
        (_measure, _losses, _features, _deviation, _mean) = (measure, losses, features, deviation, mean);

    /// <summary>Learns one measure from a reference with outcomes.</summary>
    /// <param name="measure">What to estimate.</param>
    /// <param name="features">n·d values, row after row; NaN where one is missing.</param>
    /// <param name="predicted">n ≥ 1 finite predictions.</param>
    /// <param name="actual">n finite outcomes.</param>
    /// <param name="options">How the trees are boosted; null for the defaults.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not finite, or it is negative where logarithms are taken.</exception>
    public static DirectLossEstimator Fit(
        RegressionMeasure measure, ReadOnlySpan<double> features, ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, BoostingOptions? options = null)
    {
        double[] losses = RegressionMeasures.Losses(predicted, actual, Loss(measure));
        double[] rows = Join(features, predicted, out int count);
        double mean = RegressionMeasures.Mean(losses, []), deviation = Math.Sqrt(RegressionMeasures.Variance(losses, []));
        return new DirectLossEstimator(measure, GradientBoosting.Fit(rows, losses, BoostingLoss.Squared, options), count, deviation, mean);
    }

    /// <summary>Estimates the measure on n rows without outcomes.</summary>
    /// <param name="features">n·d values, row after row; NaN where one is missing.</param>
    /// <param name="predicted">n ≥ 1 finite predictions.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a prediction is not finite.</exception>
    public PerformanceEstimate Estimate(ReadOnlySpan<double> features, ReadOnlySpan<double> predicted)
    {
        double[] rows = Join(features, predicted, out int count);
        if (count != _features) { throw new ArgumentException($"Expected {_features} features, got {count}.", nameof(features)); }
        double mean = RegressionMeasures.Mean(_losses.PredictAll(rows), []);
        // Trees may predict a loss below 0.
        double value = IsRoot ? Math.Sqrt(Math.Max(0, mean)) : mean;
        return PerformanceEstimate.Of(value, SamplingError(predicted.Length), 0, double.PositiveInfinity);
    }

    /// <summary>Standard error of the measure realised on n ≥ 1 rows of the reference; of a root by the delta method.</summary>
    public double SamplingError(long rows) => IsRoot ? _deviation / Math.Sqrt(4 * rows * _mean) : _deviation / Math.Sqrt(rows);

    /// <summary>The measure realised on rows with outcomes.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a number is not finite, or it is negative where logarithms are taken.</exception>
    public static double Realized(RegressionMeasure measure, ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) => measure switch
    {
        RegressionMeasure.MeanAbsoluteError => RegressionMeasures.MeanAbsoluteError(predicted, actual),
        RegressionMeasure.MeanAbsolutePercentageError => RegressionMeasures.MeanAbsolutePercentageError(predicted, actual),
        RegressionMeasure.MeanSquaredError => RegressionMeasures.MeanSquaredError(predicted, actual),
        RegressionMeasure.MeanSquaredLogError => RegressionMeasures.MeanSquaredLogError(predicted, actual),
        RegressionMeasure.RootMeanSquareError => RegressionMeasures.RootMeanSquareError(predicted, actual),
        _ => RegressionMeasures.RootMeanSquaredLogError(predicted, actual),
    };

    private bool IsRoot => _measure is RegressionMeasure.RootMeanSquareError or RegressionMeasure.RootMeanSquaredLogError;

    private static RegressionLoss Loss(RegressionMeasure measure) => measure switch
    {
        RegressionMeasure.MeanAbsoluteError => RegressionLoss.Absolute,
        RegressionMeasure.MeanAbsolutePercentageError => RegressionLoss.Percentage,
        RegressionMeasure.MeanSquaredError or RegressionMeasure.RootMeanSquareError => RegressionLoss.Squared,
        _ => RegressionLoss.SquaredLog,
    };

    private static double[] Join(ReadOnlySpan<double> features, ReadOnlySpan<double> predicted, out int count)
    {
        if (predicted.IsEmpty || features.Length % predicted.Length != 0)
        {
            throw new ArgumentException($"{features.Length} features are not those of {predicted.Length} ≥ 1 rows.", nameof(features));
        }
        count = features.Length / predicted.Length;
        double[] rows = new double[(count + 1) * predicted.Length];
        for (int i = 0; i < predicted.Length; i++)
        {
            if (!double.IsFinite(predicted[i])) { throw new ArgumentException($"Prediction {predicted[i]} at {i} is not finite.", nameof(predicted)); }
            features.Slice(i * count, count).CopyTo(rows.AsSpan(i * (count + 1)));
            rows[i * (count + 1) + count] = predicted[i];
        }
        return rows;
    }
}
