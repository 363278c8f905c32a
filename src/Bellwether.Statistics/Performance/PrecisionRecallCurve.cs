namespace Bellwether.Statistics.Performance;

/// <summary>Precision against recall at every threshold on a score: a row counts as predicted positive when its score reaches the threshold.</summary>
/// <remarks>Do not join the points by straight lines: between them precision is not linear in recall. Use the average precision of <see cref="ScoreMeasures"/>.</remarks>
/// <param name="Precisions">One for each threshold, then 1, the end of the curve by convention.</param>
/// <param name="Recalls">One for each threshold, descending from 1, then 0; 1 throughout when there is no positive.</param>
/// <param name="Thresholds">The distinct scores, ascending.</param>
public sealed record PrecisionRecallCurve(IReadOnlyList<double> Precisions, IReadOnlyList<double> Recalls, IReadOnlyList<double> Thresholds)
{
    /// <summary>The curve of n rows. O(n log n).</summary>
    /// <param name="scores">n ≥ 1 scores, larger for positive; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        if (scores.IsEmpty) { throw new ArgumentException("There is no score.", nameof(scores)); }
        var rows = ScoredRows.Of(scores, actual, weights);
        List<double> precisions = [1], recalls = [0], thresholds = [];
        double positives = 0, all = 0;
        for (int start = 0; start < rows.Scores.Length;)
        {
            int end = rows.EndOfTie(start);
            var (positive, negative) = rows.Between(start, end);
            positives += positive;
            all += positive + negative;
            precisions.Add(all > 0 ? positives / all : 0);
            recalls.Add(rows.Positives > 0 ? positives / rows.Positives : 1);
            thresholds.Add(rows.Scores[start]);
            start = end;
        }
        precisions.Reverse();
        recalls.Reverse();
        thresholds.Reverse();
        return new PrecisionRecallCurve(precisions, recalls, thresholds);
    }
}
