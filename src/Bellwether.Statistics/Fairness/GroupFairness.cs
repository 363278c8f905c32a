using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Fairness;

/// <summary>How differently a yes/no classifier treats two groups of people, positive being the favourable answer.</summary>
/// <remarks>
/// The plain methods answer for any number of rows, NaN where a rate is that of nobody. Those that end in Estimate add a 95 % interval from the
/// two groups' own Wilson intervals (Newcombe's, for a ratio Donner and Zou's) and say <see cref="MeasureState.TooFew"/> below 30 rows in a
/// group. Measures contradict each other: with unequal base rates equal opportunity and predictive parity cannot both hold.
/// Sources: M. Feldman et al., KDD 2015; M. Hardt, E. Price, N. Srebro, NIPS 2016; A. Chouldechova, Big Data 5(2), 2017.
/// </remarks>
/// <param name="Unprivileged">Rows of the group that may be at a disadvantage.</param>
/// <param name="Privileged">Rows of the group it is compared with.</param>
public sealed record GroupFairness(ConfusionTable Unprivileged, ConfusionTable Privileged)
{
    /// <summary>Counts rows by group.</summary>
    /// <param name="predicted">n answers, true for favourable.</param>
    /// <param name="actual">n outcomes, true where the favourable answer was right.</param>
    /// <param name="privileged">n times whether the row is of the privileged group.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static GroupFairness Of(ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual, ReadOnlySpan<bool> privileged)
    {
        if (predicted.Length != actual.Length) { throw new ArgumentException($"Expected {predicted.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        if (predicted.Length != privileged.Length) { throw new ArgumentException($"Expected {predicted.Length} groups, got {privileged.Length}.", nameof(privileged)); }
        Span<long> cells = stackalloc long[8];
        for (int i = 0; i < predicted.Length; i++) { cells[(privileged[i] ? 4 : 0) + (actual[i] ? 2 : 0) + (predicted[i] ? 1 : 0)]++; }
        return new GroupFairness(new ConfusionTable(cells[3], cells[1], cells[2], cells[0]), new ConfusionTable(cells[7], cells[5], cells[6], cells[4]));
    }

    /// <summary>Statistical parity difference: share of favourable answers, unprivileged less privileged; in [−1, 1], 0 when equal.</summary>
    public double ParityDifference() => Unprivileged.SelectionRate() - Privileged.SelectionRate();

    /// <summary>Disparate impact: the ratio of the shares of favourable answers; ≥ 0, 1 when equal, below 0.8 by the "four fifths rule" a sign of discrimination.</summary>
    /// <returns>Infinite when only the privileged get none; NaN when nobody does.</returns>
    public double DisparateImpact() => Unprivileged.SelectionRate() / Privileged.SelectionRate();

    /// <summary>Equal opportunity difference: true positive rate, unprivileged less privileged; in [−1, 1].</summary>
    public double EqualOpportunityDifference() => Unprivileged.Recall() - Privileged.Recall();

    /// <summary>Average odds difference: the mean of the differences of true and of false positive rate; in [−1, 1].</summary>
    public double AverageOddsDifference() =>
        (Unprivileged.FalsePositiveRate() - Privileged.FalsePositiveRate() + EqualOpportunityDifference()) / 2;

    /// <summary>Equalised odds difference: the greater of the absolute differences of true and of false positive rate; in [0, 1].</summary>
    public double EqualizedOddsDifference() =>
        Math.Max(Math.Abs(EqualOpportunityDifference()), Math.Abs(Unprivileged.FalsePositiveRate() - Privileged.FalsePositiveRate()));

    /// <summary>Predictive parity difference: precision, unprivileged less privileged; in [−1, 1].</summary>
    public double PredictiveParityDifference() => Unprivileged.Precision() - Privileged.Precision();

    /// <summary>The statistical parity difference with its interval.</summary>
    public Estimate ParityDifferenceEstimate() => Compare(BinaryPerformance.SelectionRate, Contrast.Difference);

    /// <summary>The disparate impact with its interval; OneClass when nobody gets a favourable answer.</summary>
    public Estimate DisparateImpactEstimate() => Compare(BinaryPerformance.SelectionRate, Contrast.Ratio);

    /// <summary>The equal opportunity difference with its interval; OneClass when a group has no positive.</summary>
    public Estimate EqualOpportunityDifferenceEstimate() => Compare(BinaryPerformance.Recall, Contrast.Difference);

    /// <summary>The average odds difference with its interval; OneClass unless both groups have both outcomes.</summary>
    public Estimate AverageOddsDifferenceEstimate()
    {
        Estimate positives = EqualOpportunityDifferenceEstimate(), negatives = FalsePositiveRateDifference();
        return positives.State != MeasureState.Ok ? positives : negatives.State != MeasureState.Ok ? negatives : Contrast.Mean(positives, negatives);
    }

    /// <summary>The equalised odds difference with its interval; OneClass unless both groups have both outcomes.</summary>
    /// <remarks>
    /// The ends are the greater of those of the two absolute differences: it holds the truth at least 92.5 times in a hundred, and about 95 times where
    /// one difference is clearly the greater. The value is biased upward when both are near 0.
    /// </remarks>
    public Estimate EqualizedOddsDifferenceEstimate()
    {
        Estimate positives = EqualOpportunityDifferenceEstimate(), negatives = FalsePositiveRateDifference();
        if (positives.State != MeasureState.Ok) { return positives; }
        if (negatives.State != MeasureState.Ok) { return negatives; }
        return new Estimate(
            EqualizedOddsDifference(), Math.Max(Nearest(positives), Nearest(negatives)), Math.Max(Farthest(positives), Farthest(negatives)), MeasureState.Ok);

        static double Nearest(Estimate of) => of.Low > 0 ? of.Low : of.High < 0 ? -of.High : 0;
        static double Farthest(Estimate of) => Math.Max(Math.Abs(of.Low), Math.Abs(of.High));
    }

    /// <summary>The predictive parity difference with its interval; OneClass when a group gets no favourable answer.</summary>
    public Estimate PredictiveParityDifferenceEstimate() => Compare(BinaryPerformance.Precision, Contrast.Difference);

    private Estimate FalsePositiveRateDifference() => Compare(BinaryPerformance.Specificity, static (unprivileged, privileged) => Contrast.Difference(privileged, unprivileged));

    private Estimate Compare(Func<ConfusionTable, Estimate> rate, Func<Estimate, Estimate, Estimate> contrast)
    {
        Estimate unprivileged = rate(Unprivileged), privileged = rate(Privileged);
        return unprivileged.State != MeasureState.Ok ? unprivileged : privileged.State != MeasureState.Ok ? privileged : contrast(unprivileged, privileged);
    }
}
