namespace Bellwether.Statistics.Performance;

/// <summary>Measures of the class probabilities of a classifier with K labels 0 … K − 1, for any number of rows.</summary>
/// <remarks>Probabilities lie row after row, n·K in all. <see cref="MulticlassScorePerformance"/> gives the same with intervals.</remarks>
public static class MulticlassScores
{
    /// <summary>Area under the ROC curve of each label against the rest, averaged.</summary>
    /// <param name="scores">n·K scores, row after row; no NaN.</param>
    /// <param name="actual">n labels in [0, K).</param>
    /// <param name="classes">K ≥ 2.</param>
    /// <param name="averaging">Macro or weighted by the labels' shares.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; NaN when a label does not occur. O(K n log n).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is outside its range, a score is NaN, averaging is micro, or the weights are unusable.</exception>
    public static double RocAucOneVersusRest(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, Averaging averaging, ReadOnlySpan<double> weights = default) =>
        OneVersusRest(scores, actual, classes, averaging, weights, []);

    /// <summary>Mean area over all pairs of labels, each pair alone: the mean of the areas by one's score and by the other's (Hand and Till's M).</summary>
    /// <remarks>Unlike one against the rest it does not depend on how frequent the labels are. Source: D. J. Hand, R. J. Till, Mach. Learn. 45(2), 2001.</remarks>
    /// <param name="scores">n·K scores, row after row; no NaN.</param>
    /// <param name="actual">n labels in [0, K).</param>
    /// <param name="classes">K ≥ 2.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; NaN when a label does not occur. O(K n log n).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is outside its range, a score is NaN, or the weights are unusable.</exception>
    public static double RocAucOneVersusOne(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, ReadOnlySpan<double> weights = default)
    {
        Require(scores, actual, classes);
        double sum = 0;
        for (int a = 0; a < classes; a++)
        {
            for (int b = 0; b < classes; b++)
            {
                if (a != b) { sum += AreaOfPair(scores, actual, classes, a, b, weights); }
            }
        }
        return sum / (classes * (classes - 1));
    }

    /// <summary>Mean negative logarithm of the probability given to the label that occurred; rows are clipped to [2⁻⁵², 1 − 2⁻⁵²] and then scaled to sum 1.</summary>
    /// <param name="probabilities">n·K probabilities in [0, 1], row after row.</param>
    /// <param name="actual">n labels in [0, K).</param>
    /// <param name="classes">K ≥ 2.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In nats, ≥ 0; NaN without rows. O(nK).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a label or a probability is outside its range, or the weights are unusable.</exception>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> actual, int classes, ReadOnlySpan<double> weights = default) =>
        Mean(LogLosses(probabilities, actual, classes), weights);

    /// <summary>Share of rows whose label is among the k with the highest scores; of equal scores the later label counts as higher.</summary>
    /// <param name="scores">n·K scores, row after row; no NaN.</param>
    /// <param name="actual">n labels in [0, K).</param>
    /// <param name="classes">K ≥ 2.</param>
    /// <param name="top">k in [1, K].</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; NaN without rows. O(nK).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a label or k is outside its range, a score is NaN, or the weights are unusable.</exception>
    public static double TopAccuracy(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, int top, ReadOnlySpan<double> weights = default) =>
        Mean(TopHits(scores, actual, classes, top), weights);

    internal static double[] LogLosses(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> actual, int classes)
    {
        Require(probabilities, actual, classes);
        ScoreMeasures.RequireProbabilities(probabilities);
        double[] losses = new double[actual.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < classes; k++) { sum += Clip(probabilities[i * classes + k]); }
            losses[i] = -Math.Log(Clip(probabilities[i * classes + actual[i]]) / sum);
        }
        return losses;

        static double Clip(double probability) => Math.Clamp(probability, 2.220446049250313e-16, 1 - 2.220446049250313e-16);
    }

    internal static double[] TopHits(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, int top)
    {
        Require(scores, actual, classes);
        if (top < 1 || top > classes) { throw new ArgumentException($"{top} is not in [1, {classes}].", nameof(top)); }
        double[] hits = new double[actual.Length];
        for (int i = 0; i < hits.Length; i++)
        {
            double own = scores[i * classes + actual[i]];
            int before = 0;
            for (int k = 0; k < classes; k++)
            {
                double other = scores[i * classes + k];
                before += other > own || (other == own && k > actual[i]) ? 1 : 0;
            }
            hits[i] = before < top ? 1 : 0;
        }
        return hits;
    }

    /// <summary>The mean area and, where there is room, each row's influence on it.</summary>
    internal static double OneVersusRest(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, Averaging averaging, ReadOnlySpan<double> weights, Span<double> influence)
    {
        Require(scores, actual, classes);
        if (averaging == Averaging.Micro) { throw new ArgumentException("One against the rest has a macro and a weighted mean only.", nameof(averaging)); }
        double[] own = new double[actual.Length], placements = new double[influence.Length], areas = new double[classes], shares = new double[classes];
        bool[] positive = new bool[actual.Length];
        double mean = 0, all = 0;
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < own.Length; i++) { (own[i], positive[i]) = (scores[i * classes + k], actual[i] == k); }
            var rows = ScoredRows.Of(own, positive, weights);
            if (!rows.HasBothClasses) { return double.NaN; }
            areas[k] = rows.Placements(placements);
            (all, shares[k]) = (rows.Positives + rows.Negatives, rows.Positives / (rows.Positives + rows.Negatives));
            double factor = averaging == Averaging.Macro ? 1.0 / classes : shares[k];
            mean += factor * areas[k];
            for (int i = 0; i < influence.Length; i++)
            {
                influence[i] += factor * (placements[i] - areas[k]) / (positive[i] ? shares[k] : 1 - shares[k]);
            }
        }
        for (int i = 0; averaging == Averaging.Weighted && i < influence.Length; i++) { influence[i] += areas[actual[i]] - mean; }
        return mean;
    }

    internal static void Require(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes)
    {
        if (classes < 2) { throw new ArgumentException($"{classes} classes are fewer than 2.", nameof(classes)); }
        if (scores.Length != actual.Length * classes)
        {
            throw new ArgumentException($"Expected {actual.Length} · {classes} scores, got {scores.Length}.", nameof(scores));
        }
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] < 0 || actual[i] >= classes) { throw new ArgumentException($"Label {actual[i]} at {i} is not in [0, {classes}).", nameof(actual)); }
        }
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) { throw new ArgumentException($"Score {i} is NaN.", nameof(scores)); }
        }
    }

    private static double AreaOfPair(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, int label, int other, ReadOnlySpan<double> weights)
    {
        var own = new List<double>();
        var positive = new List<bool>();
        var kept = new List<double>();
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != label && actual[i] != other) { continue; }
            own.Add(scores[i * classes + label]);
            positive.Add(actual[i] == label);
            kept.Add(weights.IsEmpty ? 1 : weights[i]);
        }
        return own.Count == 0 || kept.Sum() == 0 ? double.NaN : ScoreMeasures.RocAuc(own.ToArray(), positive.ToArray(), kept.ToArray());
    }

    private static double Mean(double[] values, ReadOnlySpan<double> weights)
    {
        var weight = SampleWeights.Of(weights, values.Length);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) { sum += weight[i] * values[i]; }
        return sum / weight.Sum;
    }
}
