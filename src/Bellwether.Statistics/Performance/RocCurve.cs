namespace Bellwether.Statistics.Performance;

/// <summary>True against false positive rate at every threshold on a score: a row counts as predicted positive when its score reaches the threshold.</summary>
/// <remarks>
/// Every distinct score is a point; none is left out as collinear. The area is <see cref="ScoreMeasures.RocAuc"/>. Source: T. Fawcett, Pattern
/// Recognit. Lett. 27(8), 2006.
/// </remarks>
/// <param name="FalsePositiveRates">Ascending from 0 to 1; NaN when there is no negative.</param>
/// <param name="TruePositiveRates">Ascending from 0 to 1; NaN when there is no positive.</param>
/// <param name="Thresholds">Descending. The first is the highest score + 1, which no row reaches, as in scikit-learn before 1.3.</param>
public sealed record RocCurve(IReadOnlyList<double> FalsePositiveRates, IReadOnlyList<double> TruePositiveRates, IReadOnlyList<double> Thresholds)
{
    /// <summary>The curve of n rows. O(n log n).</summary>
    /// <param name="scores">n ≥ 1 scores, larger for positive; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static RocCurve Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        if (scores.IsEmpty) { throw new ArgumentException("There is no score.", nameof(scores)); }
        var rows = ScoredRows.Of(scores, actual, weights);
        List<double> falsePositives = [rows.Negatives > 0 ? 0 : double.NaN], truePositives = [rows.Positives > 0 ? 0 : double.NaN], thresholds = [rows.Scores[0] + 1];
        double positives = 0, negatives = 0;
        for (int start = 0; start < rows.Scores.Length;)
        {
            int end = rows.EndOfTie(start);
            var (positive, negative) = rows.Between(start, end);
            positives += positive;
            negatives += negative;
            falsePositives.Add(negatives / rows.Negatives);
            truePositives.Add(positives / rows.Positives);
            thresholds.Add(rows.Scores[start]);
            start = end;
        }
        return new RocCurve(falsePositives, truePositives, thresholds);
    }
}
