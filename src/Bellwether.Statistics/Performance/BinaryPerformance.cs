namespace Bellwether.Statistics.Performance;

/// <summary>Measures of a yes/no classifier against its outcomes, each with a 95 % interval.</summary>
/// <remarks>Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>.</remarks>
public static class BinaryPerformance
{
    /// <summary>Share of rows predicted right; Wilson.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Accuracy(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        var table = Confusion.Of(predicted, actual, out var state);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : Proportion.Wilson(table.TruePositives + table.TrueNegatives, predicted.Length);
    }

    /// <summary>Share of positives among rows predicted positive; Wilson. OneClass when none is predicted positive.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Precision(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        var table = Confusion.Of(predicted, actual, out var state);
        return Share(state, table.TruePositives, table.TruePositives + table.FalsePositives);
    }

    /// <summary>Share of rows predicted positive among positives; Wilson. OneClass when there is no positive.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Recall(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        var table = Confusion.Of(predicted, actual, out var state);
        return Share(state, table.TruePositives, table.TruePositives + table.FalseNegatives);
    }

    /// <summary>Harmonic mean of precision and recall, 2TP/(2TP + FP + FN); delta method. OneClass when there is no positive at all.</summary>
    /// <remarks>
    /// F1 depends on the counts only through g = TP/(TP + FP + FN), a share of m = TP + FP + FN trials: F1 = 2g/(1 + g), so its variance is
    /// 4g(1 − g)/((1 + g)⁴m). At g = 0 or 1, where that is zero, Wilson's ends for g are used instead.
    /// </remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate F1(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        var table = Confusion.Of(predicted, actual, out var state);
        long trials = table.TruePositives + table.FalsePositives + table.FalseNegatives;
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (trials == 0) { return Estimate.CannotTell(MeasureState.OneClass); }
        double g = table.TruePositives / (double)trials;
        if (g is > 0 and < 1)
        {
            double slope = 2 / ((1 + g) * (1 + g));
            return Estimate.Normal(F(g), slope * Math.Sqrt(g * (1 - g) / trials), 0, 1);
        }
        var ends = Proportion.Wilson(g, trials);
        return new Estimate(F(g), F(ends.Low), F(ends.High), MeasureState.Ok);

        static double F(double share) => 2 * share / (1 + share);
    }

    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half. DeLong's interval.</summary>
    /// <remarks>
    /// O(n log n) by midranks. Where DeLong's variance vanishes or is undefined (perfect separation, a single positive), Wilson's interval for
    /// as many trials as the rarer class has rows. Sources: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44(3), 1988;
    /// X. Sun, W. Xu, IEEE Signal Process. Lett. 21(11), 2014.
    /// </remarks>
    /// <param name="scores">n scores, larger for positive; infinities are allowed, NaN is not.</param>
    /// <param name="actual">n outcomes.</param>
    /// <returns>In [0, 1]; OneClass when all outcomes are the same.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static Estimate RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual)
    {
        var state = Estimate.StateOf(scores.Length, actual.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) { throw new ArgumentException($"Score {i} is NaN.", nameof(scores)); }
        }
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double positives = actual.Count(true), negatives = actual.Length - positives;
        if (positives == 0 || negatives == 0) { return Estimate.CannotTell(MeasureState.OneClass); }

        double[] placements = Placements(scores, actual, positives, negatives);
        double area = 0;
        for (int i = 0; i < placements.Length; i++) { area += actual[i] ? placements[i] : 0; }
        area = Math.Clamp(area / positives, 0, 1);
        double ofPositives = 0, ofNegatives = 0;
        for (int i = 0; i < placements.Length; i++)
        {
            double square = (placements[i] - area) * (placements[i] - area);
            if (actual[i]) { ofPositives += square; } else { ofNegatives += square; }
        }
        double variance = positives < 2 || negatives < 2
            ? 0
            : ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives;
        return variance > 0 ? Estimate.Normal(area, Math.Sqrt(variance), 0, 1) : Proportion.Wilson(area, Math.Min(positives, negatives));
    }

    /// <summary>For a positive the share of negatives below it, for a negative the share of positives above it; ties half.</summary>
    private static double[] Placements(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, double positives, double negatives)
    {
        double[] sorted = scores.ToArray(), placements = new double[scores.Length];
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++) { order[i] = i; }
        Array.Sort(sorted, order);
        long positivesBelow = 0, negativesBelow = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            long tiedPositives = 0;
            while (end < sorted.Length && sorted[end] == sorted[start]) { tiedPositives += actual[order[end++]] ? 1 : 0; }
            long tiedNegatives = end - start - tiedPositives;
            for (int i = start; i < end; i++)
            {
                placements[order[i]] = actual[order[i]]
                    ? (negativesBelow + tiedNegatives / 2.0) / negatives
                    : (positives - positivesBelow - tiedPositives / 2.0) / positives;
            }
            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
            start = end;
        }
        return placements;
    }

    private static Estimate Share(MeasureState state, long successes, long trials) =>
        state != MeasureState.Ok ? Estimate.CannotTell(state)
        : trials == 0 ? Estimate.CannotTell(MeasureState.OneClass)
        : Proportion.Wilson(successes, trials);

    private readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
    {
        public static Confusion Of(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual, out MeasureState state)
        {
            state = Estimate.StateOf(predicted.Length, actual.Length);
            Span<long> cells = stackalloc long[4];
            for (int i = 0; i < predicted.Length; i++) { cells[(predicted[i] ? 0 : 2) + (predicted[i] == actual[i] ? 0 : 1)]++; }
            return new Confusion(cells[0], cells[1], cells[3], cells[2]);
        }
    }
}
