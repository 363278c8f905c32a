using Bellwether.Statistics.Estimation.Boosting;

namespace Bellwether.Statistics.Estimation;

/// <summary>How much more frequent each reference row's inputs are now than in the reference, by logistic regression on bins of the features.</summary>
/// <remarks>
/// Each feature is cut at the reference's quantiles into at most twelve bins, a missing value being one more; a ridge regression on the bins tells current rows from
/// reference rows, and its odds times the ratio of sizes are the weights, clipped. Where the inputs hardly overlap a few rows carry all weight: the effective sample
/// size says so, and below the options' limits there is no answer. Cannot see differences in how features go together.
/// Sources: S. Bickel, M. Brückner, T. Scheffer, JMLR 10, 2009 (ratio by classifier); L. Kish, "Survey Sampling", 1965 (effective size).
/// </remarks>
public sealed class DensityRatio
{
    private DensityRatio(double[] weights, bool isUsable) => (Weights, IsUsable) = (weights, isUsable);

    /// <summary>A weight ≥ 0 for each reference row.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>(Σw)²/Σw²: reference rows that the weighted ones are worth.</summary>
    public double EffectiveRows => Weights.Sum() * Weights.Sum() / Weights.Sum(weight => weight * weight);

    /// <summary>Whether enough of the reference resembles the current rows. If not, they left the reference and nothing can be estimated from it.</summary>
    public bool IsUsable { get; }

    /// <summary>Compares rows. O((n + m)·d² a step of the regression).</summary>
    /// <param name="reference">n·d values of n ≥ 1 reference rows, row after row; NaN where one is missing.</param>
    /// <param name="current">m·d values of m ≥ 1 current rows.</param>
    /// <param name="features">d ≥ 1.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static DensityRatio Fit(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int features, DensityRatioOptions? options = null)
    {
        options ??= new DensityRatioOptions();
        Require(reference, features, nameof(reference));
        Require(current, features, nameof(current));
        int n = reference.Length / features, m = current.Length / features;
        var bins = FeatureBins.Of(reference, features, options.Bins);
        // The first bin of values is the one compared with, so that the columns of a feature do not add up to the intercept.
        int[] starts = new int[features + 1];
        for (int k = 0; k < features; k++) { starts[k + 1] = starts[k] + bins.Count(k) - 1; }
        double[] rows = new double[(n + m) * starts[features]], targets = new double[n + m];
        for (int i = 0; i < n + m; i++)
        {
            var from = i < n ? reference.Slice(i * features, features) : current.Slice((i - n) * features, features);
            targets[i] = i < n ? 0 : 1;
            for (int k = 0; k < features; k++)
            {
                int code = bins.Code(k, from[k]);
                if (code != 1) { rows[i * starts[features] + starts[k] + (code == 0 ? 0 : code - 1)] = 1; }
            }
        }
        var model = LogisticRegression.Fit(rows, targets, options.Ridge);
        double[] weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double p = model.Predict(rows.AsSpan(i * starts[features], starts[features]));
            weights[i] = Math.Clamp(p / (1 - p) * n / m, options.Least, options.Greatest);
        }
        var ratio = new DensityRatio(weights, true);
        double effective = ratio.EffectiveRows;
        return new DensityRatio(weights, effective >= options.FewestRows && effective >= options.LeastShare * n);
    }

    private static void Require(ReadOnlySpan<double> rows, int features, string name)
    {
        if (features < 1 || rows.IsEmpty || rows.Length % features != 0) { throw new ArgumentException($"{rows.Length} values are not those of rows of {features} ≥ 1 features.", name); }
    }
}
