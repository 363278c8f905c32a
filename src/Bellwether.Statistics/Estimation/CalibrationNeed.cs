using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Whether calibrating probabilities by isotonic regression brings them nearer to the outcomes.</summary>
public static class CalibrationNeed
{
    private const int Splits = 3;
    private const int Bins = 10;
    private const double TestShare = .1;
    private const uint Seed = 42;

    /// <summary>Compares the calibration error before and after, on rows that the calibrator did not see.</summary>
    /// <remarks>
    /// Three times nine tenths of the rows, drawn within classes, fit a calibrator and the other tenth is put aside; the expected calibration
    /// error over ten bins of equal mass of all those put aside decides. The draws are scikit-learn's of seed 42, so that the decision is that of
    /// NannyML 0.13 (where equal probabilities at the edge of a bin may part otherwise). O(n log n).
    /// </remarks>
    /// <param name="probabilities">n probabilities in [0, 1].</param>
    /// <param name="actual">n outcomes.</param>
    /// <returns>False also when there are too few rows to tell (fewer than 11, or 2 of a class), one class only, or an area under the ROC curve above 0.999.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is outside [0, 1] or NaN.</exception>
    public static bool Decide(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual)
    {
        ScoreMeasures.RequireProbabilities(probabilities);
        double area = ScoreMeasures.RocAuc(probabilities, actual);
        int positives = actual.Count(true);
        if (!(area <= .999) || actual.Length < 11 || Math.Min(positives, actual.Length - positives) < 2) { return false; }
        var splits = new StratifiedSplit(actual, TestShare, Seed);
        var raw = new List<double>();
        var calibrated = new List<double>();
        var outcomes = new List<bool>();
        for (int split = 0; split < Splits; split++)
        {
            var (train, test) = splits.Next();
            double[] x = new double[train.Length], y = new double[train.Length];
            for (int i = 0; i < train.Length; i++) { (x[i], y[i]) = (probabilities[train[i]], actual[train[i]] ? 1 : 0); }
            var calibrator = IsotonicRegression.Fit(x, y);
            foreach (int row in test)
            {
                raw.Add(probabilities[row]);
                calibrated.Add(calibrator.Predict(probabilities[row]));
                outcomes.Add(actual[row]);
            }
        }
        return Error(raw, outcomes) > Error(calibrated, outcomes);
    }

    /// <summary>Bins of n/10 rows each by rank; the last takes what is left.</summary>
    private static double Error(List<double> probabilities, List<bool> outcomes)
    {
        int rows = probabilities.Count, bins = rows <= 2 * Bins ? rows / 2 : Bins, width = rows / bins;
        int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => probabilities[row])];
        // With a remainder of a bin's width or more, range(0, n + 1, width) has more edges than bins; the last edge moves to n.
        int edges = rows / width;
        double error = 0;
        for (int bin = 0; bin < edges; bin++)
        {
            int start = bin * width, end = bin == edges - 1 ? rows : start + width;
            double sum = 0, positives = 0;
            for (int at = start; at < end; at++)
            {
                sum += probabilities[order[at]];
                positives += outcomes[order[at]] ? 1 : 0;
            }
            error += Math.Abs(sum - positives) / rows;
        }
        return error;
    }
}
