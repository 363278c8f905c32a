namespace Bellwether.Statistics.Performance;

/// <summary>Measures of the scores or probabilities of a yes/no classifier against its outcomes, each with a 95 % interval.</summary>
/// <remarks>
/// Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>; of weighted rows the effective number counts.
/// The values are those of <see cref="ScoreMeasures"/> and <see cref="ReliabilityCurve"/>. The area under the ROC curve is in <see cref="BinaryPerformance"/>.
/// </remarks>
public static class ScorePerformance
{
    /// <summary>Average precision; infinitesimal jackknife, on the scale of the log-odds. OneClass without a positive.</summary>
    /// <remarks>
    /// The standard error is that of each row's influence: its own precision, and what it does to the precision at every threshold it reaches.
    /// At 0 or 1 Wilson's interval for as many trials as there are positives.
    /// Sources: L. A. Jaeckel, Bell Labs memorandum MM 72-1215-11, 1972; K. Boyd, K. H. Eng, C. D. Page, ECML 2013 (the logit interval).
    /// </remarks>
    /// <param name="scores">n scores, larger for positive; infinities are allowed.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the weights are not as described or all 0.</exception>
    public static Estimate AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        var rows = ScoredRows.Of(scores, actual, weights);
        var weight = SampleWeights.Of(weights, scores.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (rows.Positives == 0) { return Estimate.CannotTell(MeasureState.OneClass); }
        double[] influence = new double[scores.Length];
        double value = ScoreMeasures.AveragePrecision(rows, influence), variance = 0, positives = 0;
        for (int i = 0; i < influence.Length; i++)
        {
            double part = weight[i] * influence[i] / weight.Sum;
            variance += part * part;
            positives += actual[i] ? weight[i] * weight[i] : 0;
        }
        return value is > 0 and < 1 && variance > 0
            ? Estimate.Logit(value, Math.Sqrt(variance))
            : Proportion.Wilson(Math.Clamp(value, 0, 1), ConfusionSquares.Effective(rows.Positives, positives));
    }

    /// <summary>Kolmogorov–Smirnov distance of the scores of the two classes; Newcombe's interval of the difference of rates. OneClass unless both occur.</summary>
    /// <remarks>
    /// The threshold of the greatest difference is taken as given, so that the interval is that of the difference there. As it was chosen, the
    /// distance is biased upward: with scores that say nothing it is about 0.87·√(1/P + 1/N), not 0.
    /// </remarks>
    /// <inheritdoc cref="AveragePrecision" path="/param"/>
    /// <exception cref="ArgumentException">As <see cref="AveragePrecision"/>.</exception>
    public static Estimate KolmogorovSmirnov(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default)
    {
        var rows = ScoredRows.Of(scores, actual, weights);
        var weight = SampleWeights.Of(weights, scores.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (!rows.HasBothClasses) { return Estimate.CannotTell(MeasureState.OneClass); }
        var (above, difference) = ScoreMeasures.GreatestDifference(rows);
        var (positives, negatives) = EffectiveClasses(actual, weight);
        Estimate truePositives = Proportion.Wilson(Math.Min(1, above.Positive / rows.Positives), positives);
        Estimate falsePositives = Proportion.Wilson(Math.Min(1, above.Negative / rows.Negatives), negatives);
        var distance = difference >= 0 ? Contrast.Difference(truePositives, falsePositives) : Contrast.Difference(falsePositives, truePositives);
        return distance with { Low = Math.Max(0, distance.Low), High = Math.Min(1, distance.High) };
    }

    /// <summary>Mean negative logarithm of the probability given to what happened, in nats; normal.</summary>
    /// <param name="probabilities">n probabilities of the positive class in [0, 1], clipped to [2⁻⁵², 1 − 2⁻⁵²].</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1] or NaN, or the weights are not as described or all 0.</exception>
    public static Estimate LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default) =>
        Mean(probabilities, actual, weights, ScoreMeasures.LogLossOf, double.PositiveInfinity);

    /// <summary>Mean squared difference of probability and outcome; normal.</summary>
    /// <param name="probabilities">n probabilities of the positive class in [0, 1].</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1] or NaN, or the weights are not as described or all 0.</exception>
    public static Estimate Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights = default) =>
        Mean(probabilities, actual, weights, ScoreMeasures.BrierOf, 1);

    /// <summary>Expected calibration error over bins of equal width; normal.</summary>
    /// <remarks>
    /// With the bins and the sign of each gap taken as given the error is a mean of ±(outcome − probability), whose spread is the interval's.
    /// It is biased upward, by about Σ√(2p(1 − p)w/(πn)) over bins of share w when the probabilities are right: an interval above 0 is no proof.
    /// </remarks>
    /// <param name="probabilities">n probabilities of the positive class in [0, 1].</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="bins">Bins, ≥ 1.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is outside [0, 1] or NaN, the bins are below 1, or the weights are not as described or all 0.</exception>
    public static Estimate CalibrationError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, int bins = 10, ReadOnlySpan<double> weights = default)
    {
        ScoreMeasures.RequireProbabilities(probabilities);
        var curve = ReliabilityCurve.EqualWidth(probabilities, actual, bins, weights);
        var weight = SampleWeights.Of(weights, actual.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double[] losses = new double[actual.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            var bin = curve.Bins[Math.Min((int)(probabilities[i] * bins), bins - 1)];
            losses[i] = Math.Sign(bin.PositiveShare - bin.MeanProbability) * ((actual[i] ? 1 : 0) - probabilities[i]);
        }
        return Estimate.Mean(losses, weight, 0, 1) with { Value = curve.ExpectedError };
    }

    /// <summary>Gain: the share of all positives among the rows with the highest scores; Wilson. OneClass without a positive.</summary>
    /// <param name="scores">n scores, larger for positive.</param>
    /// <param name="actual">n outcomes.</param>
    /// <param name="share">Share of rows, by weight, taken from the top, in (0, 1].</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <returns>In [0, 1]. The cut is taken as given, which makes the interval a little too long.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, the share is outside its range, or the weights are not as described or all 0.</exception>
    public static Estimate Gain(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, double share, ReadOnlySpan<double> weights = default)
    {
        double value = ScoreMeasures.Gain(scores, actual, share, weights);
        var weight = SampleWeights.Of(weights, actual.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        return double.IsNaN(value) ? Estimate.CannotTell(MeasureState.OneClass) : Proportion.Wilson(value, EffectiveClasses(actual, weight).Positives);
    }

    /// <summary>Lift: how many times more frequent positives are among the rows with the highest scores than among all; the gain over the share.</summary>
    /// <inheritdoc cref="Gain" path="/param"/>
    /// <returns>In [0, 1/share].</returns>
    /// <exception cref="ArgumentException">As <see cref="Gain"/>.</exception>
    public static Estimate Lift(ReadOnlySpan<double> scores, ReadOnlySpan<bool> actual, double share, ReadOnlySpan<double> weights = default)
    {
        var gain = Gain(scores, actual, share, weights);
        return gain with { Value = gain.Value / share, Low = gain.Low / share, High = gain.High / share };
    }

    private static Estimate Mean(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> actual, ReadOnlySpan<double> weights, Func<double, bool, double> loss, double highest)
    {
        if (probabilities.Length != actual.Length) { throw new ArgumentException($"Expected {probabilities.Length} outcomes, got {actual.Length}.", nameof(actual)); }
        ScoreMeasures.RequireProbabilities(probabilities);
        var weight = SampleWeights.Of(weights, actual.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double[] losses = new double[actual.Length];
        for (int i = 0; i < losses.Length; i++) { losses[i] = loss(probabilities[i], actual[i]); }
        return Estimate.Mean(losses, weight, 0, highest);
    }

    private static (double Positives, double Negatives) EffectiveClasses(ReadOnlySpan<bool> actual, SampleWeights weight)
    {
        double positives = 0, positiveSquares = 0, negatives = 0, negativeSquares = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double w = weight[i];
            if (actual[i]) { (positives, positiveSquares) = (positives + w, positiveSquares + w * w); }
            else { (negatives, negativeSquares) = (negatives + w, negativeSquares + w * w); }
        }
        return (ConfusionSquares.Effective(positives, positiveSquares), ConfusionSquares.Effective(negatives, negativeSquares));
    }
}
