using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Performance of current rows without outcomes when the inputs have moved (M-CBPE): calibration on the reference weighted towards them.</summary>
/// <remarks>
/// As <see cref="Cbpe"/>, but the calibrator is fitted for the current rows: reference rows count by how frequent their inputs are now
/// (<see cref="DensityRatio"/>). Refuses where too little of the reference resembles them. Cannot see that the same inputs now have other outcomes.
/// Source: J. Białek et al., arXiv 2401.08348, 2024, with a binned logistic regression for the ratio, which overfits less than trees.
/// </remarks>
public static class WeightedCbpe
{
    /// <summary>The expected confusion table and area of current rows.</summary>
    /// <param name="ratio">Weights of the n reference rows.</param>
    /// <param name="referenceScores">n finite scores of the reference.</param>
    /// <param name="referenceActual">n outcomes.</param>
    /// <param name="scores">m ≥ 1 finite scores of the current rows.</param>
    /// <param name="predicted">m predicted classes.</param>
    /// <returns>Null when the ratio is not usable: production left the reference, and there is no estimate.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not finite.</exception>
    public static WeightedCbpeResult? Estimate(
        DensityRatio ratio, ReadOnlySpan<double> referenceScores, ReadOnlySpan<bool> referenceActual, ReadOnlySpan<double> scores, ReadOnlySpan<bool> predicted)
    {
        if (referenceScores.Length != referenceActual.Length)
        {
            throw new ArgumentException($"Expected {referenceScores.Length} outcomes, got {referenceActual.Length}.", nameof(referenceActual));
        }
        if (scores.IsEmpty) { throw new ArgumentException("There is no row.", nameof(scores)); }
        if (scores.Length != predicted.Length) { throw new ArgumentException($"Expected {scores.Length} classes, got {predicted.Length}.", nameof(predicted)); }
        double[] outcomes = new double[referenceActual.Length], probabilities = new double[scores.Length];
        for (int i = 0; i < outcomes.Length; i++) { outcomes[i] = referenceActual[i] ? 1 : 0; }
        var calibrator = IsotonicRegression.Fit(referenceScores, outcomes, ratio.Weights.ToArray());
        if (!ratio.IsUsable) { return null; }
        calibrator.Predict(scores, probabilities);
        return new WeightedCbpeResult(
            ExpectedPerformance.Table(predicted, probabilities),
            ExpectedPerformance.RocAuc(probabilities, scores),
            ExpectedPerformance.AveragePrecision(probabilities, scores),
            ratio.EffectiveRows);
    }
}
