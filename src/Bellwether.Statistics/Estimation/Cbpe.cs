using System.Buffers;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Confidence-based performance estimation of a yes/no classifier: what its measures are without outcomes, if its probabilities still hold.</summary>
/// <remarks>
/// Probabilities are calibrated on the reference where that helps (<see cref="CalibrationNeed"/>); then each row contributes its probability
/// (<see cref="ExpectedPerformance"/>). Sees a change in what is asked; cannot see that the same question now has another answer (concept drift),
/// and is off when the calibration moves with the inputs: then weight the reference towards the rows at hand. The estimates agree with NannyML 0.13.1.
/// </remarks>
public sealed class Cbpe
{
    private readonly ReferenceSpread[] _spreads;

    private Cbpe(IsotonicRegression? calibrator, ReferenceSpread[] spreads) => (Calibrator, _spreads) = (calibrator, spreads);

    /// <summary>The calibrator; null where the probabilities need none.</summary>
    public IsotonicRegression? Calibrator { get; }

    /// <summary>Learns from a reference with outcomes. O(n log n).</summary>
    /// <param name="probabilities">n ≥ 1 probabilities of the positive class in [0, 1], as the model gave them.</param>
    /// <param name="predicted">n predicted classes.</param>
    /// <param name="actual">n outcomes.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a probability is outside [0, 1] or NaN.</exception>
    public static Cbpe Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        if (probabilities.IsEmpty) { throw new ArgumentException("There is no row.", nameof(probabilities)); }
        if (probabilities.Length != predicted.Length) { throw new ArgumentException($"Expected {probabilities.Length} classes, got {predicted.Length}.", nameof(predicted)); }
        bool needed = CalibrationNeed.Decide(probabilities, actual);
        double[] outcomes = new double[actual.Length];
        for (int i = 0; i < outcomes.Length; i++) { outcomes[i] = actual[i] ? 1 : 0; }
        var spreads = new ReferenceSpread[Enum.GetValues<BinaryMeasure>().Length];
        for (int measure = 0; measure < spreads.Length; measure++) { spreads[measure] = BinarySpread.Of((BinaryMeasure)measure, probabilities, predicted, actual); }
        return new Cbpe(needed ? IsotonicRegression.Fit(probabilities, outcomes) : null, spreads);
    }

    /// <summary>How a measure scatters on samples of the reference.</summary>
    public ReferenceSpread Spread(BinaryMeasure measure) => _spreads[(int)measure];

    /// <summary>Estimates every measure of n rows without outcomes. One sort and one pass, O(n log n).</summary>
    /// <param name="probabilities">n ≥ 1 probabilities of the positive class in [0, 1], as the model gave them.</param>
    /// <param name="predicted">n predicted classes.</param>
    /// <returns>
    /// By measure. A ratio of nothing to nothing, such as precision when no row is predicted positive, is 0 here; the area and the average
    /// precision are NaN when a class they need is not expected at all.
    /// </returns>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a probability is outside [0, 1] or NaN.</exception>
    public IReadOnlyDictionary<BinaryMeasure, PerformanceEstimate> Estimate(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> predicted)
    {
        if (probabilities.IsEmpty) { throw new ArgumentException("There is no row.", nameof(probabilities)); }
        if (probabilities.Length != predicted.Length) { throw new ArgumentException($"Expected {probabilities.Length} classes, got {predicted.Length}.", nameof(predicted)); }
        ScoreMeasures.RequireProbabilities(probabilities);
        int rows = probabilities.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(rows);
        var calibrated = rented.AsSpan(0, rows);
        try
        {
            Calibrate(probabilities, calibrated);
            var table = ExpectedPerformance.Table(predicted, calibrated);
            // Equal scores have equal probabilities, so the scores alone may be sorted.
            probabilities.CopyTo(calibrated);
            calibrated.Sort();
            calibrated.Reverse();
            Calibrate(calibrated, calibrated);
            var estimates = new Dictionary<BinaryMeasure, PerformanceEstimate>();
            for (int measure = 0; measure < _spreads.Length; measure++)
            {
                double value = (BinaryMeasure)measure switch
                {
                    BinaryMeasure.RocAuc => ExpectedPerformance.Area(calibrated),
                    BinaryMeasure.AveragePrecision => ExpectedPerformance.AveragePrecision(calibrated),
                    _ => Of((BinaryMeasure)measure, table),
                };
                estimates[(BinaryMeasure)measure] = PerformanceEstimate.Of(value, _spreads[measure].ErrorOf(rows), 0, 1);
            }
            return estimates;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The measure realised on rows with outcomes, as a threshold is set from: NaN when outcomes, or predictions where they matter, are all the same.</summary>
    /// <param name="measure">What to measure.</param>
    /// <param name="probabilities">n probabilities, as the model gave them.</param>
    /// <param name="predicted">n predicted classes.</param>
    /// <param name="actual">n outcomes.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is NaN.</exception>
    public static double Realized(BinaryMeasure measure, ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> predicted, ReadOnlySpan<bool> actual)
    {
        var table = ConfusionTable.Of(predicted, actual);
        bool constant = table.Positives == 0 || table.Negatives == 0 || predicted.Count(true) is 0 || predicted.Count(false) is 0;
        return measure switch
        {
            BinaryMeasure.RocAuc => ScoreMeasures.RocAuc(probabilities, actual),
            BinaryMeasure.AveragePrecision => ScoreMeasures.AveragePrecision(probabilities, actual),
            BinaryMeasure.Specificity => table.Specificity(),
            BinaryMeasure.Accuracy => table.Accuracy(),
            _ => constant ? double.NaN : Of(measure, table),
        };
    }

    private static double Of(BinaryMeasure measure, ConfusionTable table) => measure switch
    {
        BinaryMeasure.F1 => table.F(1, undefined: 0),
        BinaryMeasure.Precision => table.Precision(undefined: 0),
        BinaryMeasure.Recall => table.Recall(undefined: 0),
        BinaryMeasure.Specificity => table.Specificity(undefined: 0),
        _ => table.Accuracy(),
    };

    private void Calibrate(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (Calibrator is null) { scores.CopyTo(probabilities); } else { Calibrator.Predict(scores, probabilities); }
    }
}
