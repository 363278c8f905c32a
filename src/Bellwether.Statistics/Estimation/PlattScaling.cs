using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Platt's calibration of scores: p = 1/(1 + exp(A·score + B)), A &lt; 0 when higher scores mean positive.</summary>
/// <remarks>
/// The targets are (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), which keeps A and B finite on separable rows. Newton's method to machine precision.
/// Sources: J. C. Platt, "Probabilistic outputs for support vector machines", 1999; H.-T. Lin, C.-J. Lin, R. C. Weng, Mach. Learn. 68(3), 2007.
/// </remarks>
/// <param name="A">Negative slope of the log-odds.</param>
/// <param name="B">Negative log-odds at score 0.</param>
public sealed record PlattScaling(double A, double B)
{
    /// <summary>Fits n rows.</summary>
    /// <param name="scores">n ≥ 1 finite scores.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each; n₊ and n₋ are sums of them.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a score is not finite, or the weights are not as described or all 0.</exception>
    public static PlattScaling Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        if (scores.Length != actual.Length) { throw new ArgumentException($"Expected {scores.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        var weight = SampleWeights.Of(weights, scores.Length);
        double positives = 0, negatives = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i]) { positives += weight[i]; } else { negatives += weight[i]; }
        }
        double[] targets = new double[actual.Length];
        for (int i = 0; i < targets.Length; i++) { targets[i] = actual[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2); }
        var fit = LogisticRegression.Fit(scores, targets, 0, weights);
        return new PlattScaling(-fit.Coefficients[0], -fit.Intercept);
    }

    /// <summary>The calibrated probability of a score, in [0, 1]; NaN at NaN.</summary>
    public double Predict(double score) => LogisticRegression.Sigmoid(-(A * score + B));
}
