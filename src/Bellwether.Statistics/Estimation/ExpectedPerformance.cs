using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>What a classifier's measures are expected to be, when each row's probability of being positive is known.</summary>
/// <remarks>
/// The expected confusion table adds a row's probability to one cell and the rest to another; every measure of the table follows, as a ratio of
/// expectations. Source: J. Białek et al., "Estimating model performance under covariate shift without labels", arXiv 2401.08348, 2024 (CBPE).
/// </remarks>
public static class ExpectedPerformance
{
    /// <summary>The expected table of n rows. O(n).</summary>
    /// <param name="predicted">n predicted classes.</param>
    /// <param name="probabilities">n calibrated probabilities of the positive class in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is outside [0, 1] or NaN.</exception>
    public static ConfusionTable Table(ReadOnlySpan<bool> predicted, ReadOnlySpan<double> probabilities)
    {
        if (predicted.Length != probabilities.Length)
        {
            throw new ArgumentException($"Expected {predicted.Length} probabilities, got {probabilities.Length}.", nameof(probabilities));
        }
        ScoreMeasures.RequireProbabilities(probabilities);
        double truePositives = 0, falsePositives = 0, falseNegatives = 0, trueNegatives = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            double p = probabilities[i];
            if (predicted[i]) { (truePositives, falsePositives) = (truePositives + p, falsePositives + (1 - p)); }
            else { (falseNegatives, trueNegatives) = (falseNegatives + p, trueNegatives + (1 - p)); }
        }
        return new ConfusionTable(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    /// <summary>Expected area under the ROC curve of scores. O(n log n).</summary>
    /// <param name="probabilities">n calibrated probabilities of the positive class in [0, 1].</param>
    /// <param name="scores">n scores that rank the rows, larger for positive.</param>
    /// <returns>In [0, 1]; NaN when no positive, or no negative, is expected.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1], or a score is NaN.</exception>
    public static double RocAuc(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> scores) => Area(Descending(probabilities, scores));

    /// <summary>Expected average precision of scores. O(n log n).</summary>
    /// <inheritdoc cref="RocAuc" path="/param"/>
    /// <returns>In [0, 1]; NaN when no positive is expected.</returns>
    /// <exception cref="ArgumentException">As <see cref="RocAuc"/>.</exception>
    public static double AveragePrecision(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> scores) => AveragePrecision(Descending(probabilities, scores));

    /// <summary>Area from probabilities in descending order of score.</summary>
    /// <remarks>Expected counts are rounded to five digits, which rids steps of rounding dust and is how NannyML counts; it moves the area by less than 10⁻⁵/n.</remarks>
    internal static double Area(ReadOnlySpan<double> probabilities)
    {
        double sum = 0, positives = 0, negatives = 0, area = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            sum += probabilities[i];
            double above = Round(sum), beside = Round(i + 1 - sum);
            area += (beside - negatives) * (above + positives) / 2;
            (positives, negatives) = (above, beside);
        }
        return area / positives / negatives;
    }

    /// <summary>Average precision from probabilities in descending order of score.</summary>
    internal static double AveragePrecision(ReadOnlySpan<double> probabilities)
    {
        double sum = 0, positives = 0, area = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            sum += probabilities[i];
            double above = Round(sum);
            area += (above - positives) * (above / (i + 1));
            positives = above;
        }
        return area / positives;
    }

    private static double Round(double count) => Math.Round(count * 1e5) / 1e5;

    private static double[] Descending(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> scores)
    {
        if (probabilities.Length != scores.Length) { throw new ArgumentException($"Expected {probabilities.Length} scores, got {scores.Length}.", nameof(scores)); }
        ScoreMeasures.RequireProbabilities(probabilities);
        foreach (double score in scores)
        {
            if (double.IsNaN(score)) { throw new ArgumentException("A score is NaN.", nameof(scores)); }
        }
        int[] order = IntrosortOrder.Of(scores);
        double[] sorted = new double[order.Length];
        for (int i = 0; i < sorted.Length; i++) { sorted[i] = probabilities[order[^(i + 1)]]; }
        return sorted;
    }
}
