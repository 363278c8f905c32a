namespace Bellwether.Statistics.Performance;

/// <summary>Rows with a score, an outcome and a weight, in descending order of score, and the steps at which the score changes.</summary>
internal sealed class ScoredRows
{
    private ScoredRows(double[] scores, int[] rows, bool[] positive, double[] weights)
    {
        (Scores, Rows, Positive, Weights) = (scores, rows, positive, weights);
        for (int i = 0; i < scores.Length; i++)
        {
            if (positive[i]) { Positives += weights[i]; } else { Negatives += weights[i]; }
        }
    }

    /// <summary>Descending.</summary>
    public double[] Scores { get; }

    /// <summary>Where each stood before sorting.</summary>
    public int[] Rows { get; }

    public bool[] Positive { get; }

    public double[] Weights { get; }

    /// <summary>Weight of the positive rows.</summary>
    public double Positives { get; }

    /// <summary>Weight of the negative rows.</summary>
    public double Negatives { get; }

    public bool HasBothClasses => Positives > 0 && Negatives > 0;

    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are unusable.</exception>
    public static ScoredRows Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights)
    {
        if (scores.Length != actual.Length) { throw new ArgumentException($"Expected {scores.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        var weight = SampleWeights.Of(weights, scores.Length);
        double[] keys = new double[scores.Length], sortedWeights = new double[scores.Length];
        int[] rows = new int[scores.Length];
        bool[] positive = new bool[scores.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (double.IsNaN(scores[i])) { throw new ArgumentException($"Score {i} is NaN.", nameof(scores)); }
            keys[i] = -scores[i];
            rows[i] = i;
        }
        Array.Sort(keys, rows);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = scores[rows[i]];
            positive[i] = actual[rows[i]];
            sortedWeights[i] = weight[rows[i]];
        }
        return new ScoredRows(keys, rows, positive, sortedWeights);
    }

    /// <summary>The end of the run of equal scores that starts at a place.</summary>
    public int EndOfTie(int start)
    {
        int end = start + 1;
        while (end < Scores.Length && Scores[end] == Scores[start]) { end++; }
        return end;
    }

    /// <summary>Weight of the positives and of the negatives in [start, end).</summary>
    public (double Positive, double Negative) Between(int start, int end)
    {
        double positive = 0, negative = 0;
        for (int i = start; i < end; i++)
        {
            if (Positive[i]) { positive += Weights[i]; } else { negative += Weights[i]; }
        }
        return (positive, negative);
    }

    /// <summary>
    /// Area under the ROC curve, and of each row, in the order given at first, its placement: for a positive the share of negatives below it, for
    /// a negative the share of positives above it; ties half. Needs both classes.
    /// </summary>
    public double Placements(Span<double> placements)
    {
        double area = 0, positivesAbove = 0, negativesAbove = 0;
        for (int start = 0; start < Scores.Length;)
        {
            int end = EndOfTie(start);
            var (positive, negative) = Between(start, end);
            double ofPositive = (Negatives - negativesAbove - negative / 2) / Negatives, ofNegative = (positivesAbove + positive / 2) / Positives;
            for (int i = start; i < end; i++)
            {
                if (placements.Length > 0) { placements[Rows[i]] = Positive[i] ? ofPositive : ofNegative; }
            }
            area += positive * ofPositive;
            positivesAbove += positive;
            negativesAbove += negative;
            start = end;
        }
        return Math.Clamp(area / Positives, 0, 1);
    }
}
