namespace Bellwether.Statistics.Performance;

/// <summary>Measures of the scores of a yes/no classifier against its outcomes, for any number of rows.</summary>
/// <remarks><see cref="BinaryPerformance"/> and <see cref="ScorePerformance"/> give the same with intervals.</remarks>
public static class ScoreMeasures
{
    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half.</summary>
    /// <param name="scores">n scores, larger for positive; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1], ½ for scores that say nothing; NaN unless both classes occur. Twice this less 1 is the Gini coefficient. O(n log n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static double RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        var rows = ScoredRows.Of(scores, actual, weights);
        return rows.HasBothClasses ? rows.Placements([]) : double.NaN;
    }

    /// <summary>Average precision: precision at each threshold, weighted by the rise of recall there.</summary>
    /// <param name="scores">n scores, larger for positive; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1], the share of positives for scores that say nothing; NaN without a positive. O(n log n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default) =>
        AveragePrecision(ScoredRows.Of(scores, actual, weights), []);

    /// <summary>Kolmogorov–Smirnov distance of the scores of the two classes: the greatest difference of true and false positive rate.</summary>
    /// <param name="scores">n scores; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1], whichever class scores higher; NaN unless both classes occur. O(n log n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        var rows = ScoredRows.Of(scores, actual, weights);
        if (!rows.HasBothClasses) { return double.NaN; }
        var (above, _) = GreatestDifference(rows);
        return Math.Abs(above.Positive / rows.Positives - above.Negative / rows.Negatives);
    }

    /// <summary>Mean negative logarithm of the probability given to what happened.</summary>
    /// <param name="probabilities">n probabilities of the positive class in [0, 1], clipped to [2⁻⁵², 1 − 2⁻⁵²].</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In nats, in [0, 36.05]; NaN without rows. O(n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1] or NaN, or the weights are not as described or all 0.</exception>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default) =>
        Mean(probabilities, actual, weights, LogLossOf);

    /// <summary>Mean squared difference of probability and outcome (Brier's score).</summary>
    /// <param name="probabilities">n probabilities of the positive class in [0, 1].</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; NaN without rows. O(n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1] or NaN, or the weights are not as described or all 0.</exception>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default) =>
        Mean(probabilities, actual, weights, BrierOf);

    /// <summary>Gain: the share of all positives among the rows with the highest scores.</summary>
    /// <param name="scores">n scores, larger for positive.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="share">Share of rows, by weight, taken from the top, in (0, 1]. Of rows that tie at the cut the fitting fraction is taken.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]; NaN without a positive. O(n log n).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, the share is outside its range, or the weights are not as described or all 0.</exception>
    public static double Gain(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, double share, ReadOnlySpan<double> weights = default)
    {
        if (!(share is > 0 and <= 1)) { throw new ArgumentException($"Share {share} is not in (0, 1].", nameof(share)); }
        var rows = ScoredRows.Of(scores, actual, weights);
        if (rows.Positives == 0) { return double.NaN; }
        double left = share * (rows.Positives + rows.Negatives), captured = 0;
        for (int start = 0; start < rows.Scores.Length && left > 0;)
        {
            int end = rows.EndOfTie(start);
            var (positive, negative) = rows.Between(start, end);
            double tied = positive + negative;
            captured += tied <= left ? positive : positive * left / tied;
            left -= tied;
            start = end;
        }
        return Math.Min(1, captured / rows.Positives);
    }

    /// <summary>Lift: how many times more frequent positives are among the rows with the highest scores than among all; the gain over the share.</summary>
    /// <inheritdoc cref="Gain" path="/param"/>
    /// <returns>In [0, 1/share], 1 for scores that say nothing; NaN without a positive. O(n log n).</returns>
    /// <exception cref="ArgumentException">As <see cref="Gain"/>.</exception>
    public static double Lift(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, double share, ReadOnlySpan<double> weights = default) =>
        Gain(scores, actual, share, weights) / share;

    internal static double LogLossOf(double probability, bool actual) => -Math.Log(Math.Clamp(actual ? probability : 1 - probability, Epsilon, 1 - Epsilon));

    internal static double BrierOf(double probability, bool actual)
    {
        double miss = probability - (actual ? 1 : 0);
        return miss * miss;
    }

    /// <summary>Weights of both classes at or above the score where their shares differ most.</summary>
    internal static ((double Positive, double Negative) Above, double Difference) GreatestDifference(ScoredRows rows)
    {
        (double Positive, double Negative) above = default, best = default;
        double greatest = 0;
        for (int start = 0; start < rows.Scores.Length;)
        {
            int end = rows.EndOfTie(start);
            var (positive, negative) = rows.Between(start, end);
            above = (above.Positive + positive, above.Negative + negative);
            double difference = above.Positive / rows.Positives - above.Negative / rows.Negatives;
            if (Math.Abs(difference) > Math.Abs(greatest)) { (best, greatest) = (above, difference); }
            start = end;
        }
        return (best, greatest);
    }

    /// <summary>Average precision and, where there is room, its derivative by each row's weight times the sum of weights, in the first order of rows.</summary>
    internal static double AveragePrecision(ScoredRows rows, Span<double> influence)
    {
        if (rows.Positives == 0) { return double.NaN; }
        int n = rows.Scores.Length;
        double positives = 0, all = 0, area = 0;
        double[] precisions = influence.IsEmpty ? [] : new double[n];
        for (int start = 0; start < n;)
        {
            int end = rows.EndOfTie(start);
            var (positive, negative) = rows.Between(start, end);
            positives += positive;
            all += positive + negative;
            double precision = all > 0 ? positives / all : 0;
            area += positive * precision;
            if (!influence.IsEmpty) { precisions.AsSpan(start, end - start).Fill(precision); }
            start = end;
        }
        area /= rows.Positives;
        if (influence.IsEmpty) { return area; }

        // From the lowest score up: a row of weight w changes the precision at every threshold it reaches, by (1 or 0 − precision)·w/all there.
        double perPositive = 0, perRow = 0;
        for (int end = n; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && rows.Scores[start - 1] == rows.Scores[start]) { start--; }
            var (positive, negative) = rows.Between(start, end);
            if (all > 0)
            {
                perPositive += positive / all;
                perRow += positive * precisions[start] / all;
            }
            for (int i = start; i < end; i++)
            {
                double change = rows.Positive[i] ? precisions[i] - area + perPositive - perRow : -perRow;
                influence[rows.Rows[i]] = change / rows.Positives * (rows.Positives + rows.Negatives);
            }
            all -= positive + negative;
            end = start;
        }
        return area;
    }

    internal static void RequireProbabilities(ReadOnlySpan<double> probabilities)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] is >= 0 and <= 1)) { throw new ArgumentException($"Probability {probabilities[i]} at {i} is not in [0, 1].", nameof(probabilities)); }
        }
    }

    private const double Epsilon = 2.220446049250313e-16; // 2⁻⁵².

    private static double Mean(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights, Func<double, bool, double> loss)
    {
        if (probabilities.Length != actual.Length) { throw new ArgumentException($"Expected {probabilities.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        RequireProbabilities(probabilities);
        var weight = SampleWeights.Of(weights, actual.Length);
        double sum = 0;
        for (int i = 0; i < actual.Length; i++) { sum += weight[i] * loss(probabilities[i], actual[i]); }
        return sum / weight.Sum;
    }
}
