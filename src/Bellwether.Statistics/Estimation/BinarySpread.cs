namespace Bellwether.Statistics.Estimation;

/// <summary>How each measure of a yes/no classifier scatters, from a reference with outcomes.</summary>
/// <remarks>
/// A measure is read as a mean over the rows that count for it: of hits among rows predicted positive for precision, of placements among positives for
/// the area under the ROC curve. These are NannyML 0.13's definitions, kept so that its users find their numbers; they take the number of rows that
/// count as fixed and so are a little too small for F1. The one for average precision is ours, the infinitesimal jackknife: NannyML's is drawn
/// from fifty resamples without a seed and differs from run to run by a tenth and more.
/// </remarks>
internal static class BinarySpread
{
    /// <param name="measure">What scatters.</param>
    /// <param name="scores">n scores.</param>
    /// <param name="predicted">n predicted classes.</param>
    /// <param name="actual">n outcomes.</param>
    public static ReferenceSpread Of(BinaryMeasure measure, ReadOnlySpan<double> scores, ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        if (measure == BinaryMeasure.RocAuc) { return OfRocAuc(scores, actual); }
        if (measure == BinaryMeasure.AveragePrecision) { return OfAveragePrecision(scores, actual); }
        double n = predicted.Length;
        var table = Performance.ConfusionTable.Of(predicted, actual);
        double hits = table.TruePositives, misses = table.FalsePositives + table.FalseNegatives;
        return measure switch
        {
            // A hit counts for more than 1, so that the mean over hits and misses is F1.
            BinaryMeasure.F1 => Share(hits, hits + misses, n, (hits + misses) / (misses * .5 + hits)),
            BinaryMeasure.Precision => Share(hits, hits + table.FalsePositives, n),
            BinaryMeasure.Recall => Share(hits, table.Positives, n),
            BinaryMeasure.Specificity => Share(table.TrueNegatives, table.Negatives, n),
            _ => Share(hits + table.TrueNegatives, n, n),
        };
    }

    /// <summary>Standard deviation of ones and zeros, times a factor.</summary>
    internal static ReferenceSpread Share(double ones, double counting, double rows, double factor = 1)
    {
        double share = ones / counting;
        return counting > 0 ? new ReferenceSpread(factor * Math.Sqrt(share * (1 - share)), counting / rows) : new ReferenceSpread(double.NaN, 0);
    }

    /// <summary>The share of negatives below each positive scatters; the rarer class counts. The row ranked lowest does not count when it is positive.</summary>
    internal static ReferenceSpread OfRocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual)
    {
        int n = scores.Length, positives = actual.Count(true);
        bool turned = positives > n / 2.0;
        double[] keys = scores.ToArray();
        if (turned)
        {
            positives = n - positives;
            foreach (ref double key in keys.AsSpan()) { key = 1 - key; }
        }
        int[] order = IntrosortOrder.Of(keys);
        double negatives = n - positives;
        var below = new List<double>(positives);
        for (int rank = 1; rank < n; rank++)
        {
            if (actual[order[rank]] != turned) { below.Add((rank - below.Count) / negatives); }
        }
        if (below.Count == 0) { return new ReferenceSpread(double.NaN, 0); }
        double mean = below.Average();
        return new ReferenceSpread(Math.Sqrt(below.Sum(share => (share - mean) * (share - mean)) / below.Count), positives / (double)n);
    }

    private static ReferenceSpread OfAveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual)
    {
        double[] influence = new double[scores.Length];
        double value = Performance.ScoreMeasures.AveragePrecision(Performance.ScoredRows.Of(scores, actual, []), influence), squares = 0;
        foreach (double part in influence) { squares += part * part; }
        return new ReferenceSpread(double.IsNaN(value) ? double.NaN : Math.Sqrt(squares / scores.Length), 1);
    }
}
