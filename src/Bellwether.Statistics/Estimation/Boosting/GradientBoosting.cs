namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>Gradient boosted trees over binned features: a regression or a two-class classifier, deterministic.</summary>
/// <remarks>
/// Values that are not numbers go left of every split that has them there, as a bin of their own. Trees cannot extrapolate: beyond the rows
/// learnt from the prediction is that of the nearest. Sources: J. H. Friedman, Ann. Stat. 29(5), 2001; T. Chen, C. Guestrin, KDD 2016.
/// </remarks>
public sealed class GradientBoosting
{
    private readonly FeatureBins _bins;
    private readonly List<RegressionTree> _trees;
    private readonly double _start;
    private readonly BoostingLoss _loss;

    private GradientBoosting(FeatureBins bins, List<RegressionTree> trees, double start, BoostingLoss loss) => (_bins, _trees, _start, _loss) = (bins, trees, start, loss);

    /// <summary>Features of a row, d.</summary>
    public int Features => _bins.Features;

    /// <summary>Learns n rows of d features. O(trees · n · d · depth).</summary>
    /// <param name="rows">n·d values, row after row; NaN where one is missing.</param>
    /// <param name="targets">n ≥ 1 finite numbers, 0 or 1 for the logistic loss.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a target, a weight or an option is not as described.</exception>
    public static GradientBoosting Fit(
        ReadOnlySpan<double> rows, ReadOnlySpan<double> targets, BoostingLoss loss, BoostingOptions? options = null, ReadOnlySpan<double> weights = default)
    {
        options ??= new BoostingOptions();
        options.Require();
        int n = targets.Length;
        if (n == 0 || rows.Length == 0 || rows.Length % n != 0) { throw new ArgumentException($"{rows.Length} values are not those of {n} ≥ 1 rows.", nameof(rows)); }
        foreach (double target in targets)
        {
            if (!double.IsFinite(target) || (loss == BoostingLoss.Logistic && target is not (0 or 1))) { throw new ArgumentException($"Target {target} does not fit the loss.", nameof(targets)); }
        }
        var weight = Performance.SampleWeights.Of(weights, n);
        double mean = 0;
        for (int i = 0; i < n; i++) { mean += weight[i] * targets[i] / weight.Sum; }
        double start = loss == BoostingLoss.Squared ? mean : Math.Log(Math.Clamp(mean, 1e-15, 1 - 1e-15) / (1 - Math.Clamp(mean, 1e-15, 1 - 1e-15)));
        var bins = FeatureBins.Of(rows, rows.Length / n, options.Bins);
        var grower = new TreeGrower(bins, bins.Codes(rows), n, options);
        double[] predictions = new double[n], gradients = new double[n], curvatures = new double[n];
        Array.Fill(predictions, start);
        var trees = new List<RegressionTree>(options.Trees);
        for (int tree = 0; tree < options.Trees; tree++)
        {
            for (int i = 0; i < n; i++)
            {
                double p = loss == BoostingLoss.Squared ? predictions[i] : LogisticRegression.Sigmoid(predictions[i]);
                gradients[i] = weight[i] * (p - targets[i]);
                curvatures[i] = weight[i] * (loss == BoostingLoss.Squared ? 1 : p * (1 - p));
            }
            var grown = grower.Grow(gradients, curvatures, predictions);
            trees.Add(grown);
            if (grown.Leaves == 1) { break; } // Nothing is left to split; every further tree would be this one.
        }
        return new GradientBoosting(bins, trees, start, loss);
    }

    /// <summary>The predicted number of a row, or its probability of 1 for the logistic loss.</summary>
    /// <param name="row">d values; NaN where one is missing.</param>
    /// <exception cref="ArgumentException">The number of values differs.</exception>
    public double Predict(ReadOnlySpan<double> row)
    {
        if (row.Length != Features) { throw new ArgumentException($"Expected {Features} values, got {row.Length}.", nameof(row)); }
        Span<byte> codes = Features <= 256 ? stackalloc byte[Features] : new byte[Features];
        for (int k = 0; k < row.Length; k++) { codes[k] = _bins.Code(k, row[k]); }
        double sum = _start;
        foreach (var tree in _trees) { sum += tree.Predict(codes); }
        return _loss == BoostingLoss.Squared ? sum : LogisticRegression.Sigmoid(sum);
    }

    /// <summary>The predictions of many rows, row after row.</summary>
    /// <exception cref="ArgumentException">The values are not a whole number of rows.</exception>
    public double[] PredictAll(ReadOnlySpan<double> rows)
    {
        if (rows.Length % Features != 0) { throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Features}.", nameof(rows)); }
        double[] predictions = new double[rows.Length / Features];
        for (int i = 0; i < predictions.Length; i++) { predictions[i] = Predict(rows.Slice(i * Features, Features)); }
        return predictions;
    }
}
