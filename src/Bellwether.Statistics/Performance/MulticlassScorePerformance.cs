namespace Bellwether.Statistics.Performance;

/// <summary>Measures of the class probabilities of a classifier with K labels 0 … K − 1, each with a 95 % interval.</summary>
/// <remarks>Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>. The values are those of <see cref="MulticlassScores"/>.</remarks>
public static class MulticlassScorePerformance
{
    /// <summary>Area under the ROC curve of each label against the rest, averaged; DeLong's influences, added up over labels. OneClass when a label does not occur.</summary>
    /// <inheritdoc cref="MulticlassScores.RocAucOneVersusRest" path="/param"/>
    /// <exception cref="ArgumentException">As <see cref="MulticlassScores.RocAucOneVersusRest"/>.</exception>
    public static Estimate RocAucOneVersusRest(
        ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, Averaging averaging, ReadOnlySpan<double> weights = default)
    {
        double[] influence = new double[actual.Length];
        double value = MulticlassScores.OneVersusRest(scores, actual, classes, averaging, weights, influence);
        var weight = SampleWeights.Of(weights, actual.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (double.IsNaN(value)) { return Estimate.CannotTell(MeasureState.OneClass); }
        double variance = 0;
        for (int i = 0; i < influence.Length; i++) { variance += weight[i] * weight[i] * influence[i] * influence[i]; }
        double error = Math.Sqrt(variance) / weight.Sum;
        return error > 1e-9 ? Estimate.Normal(value, error, 0, 1) : Proportion.Wilson(Math.Clamp(value, 0, 1), weight.EffectiveRows / classes);
    }

    /// <summary>Mean negative logarithm of the probability given to the label that occurred, in nats; normal.</summary>
    /// <inheritdoc cref="MulticlassScores.LogLoss" path="/param"/>
    /// <exception cref="ArgumentException">As <see cref="MulticlassScores.LogLoss"/>.</exception>
    public static Estimate LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> actual, int classes, ReadOnlySpan<double> weights = default)
    {
        double[] losses = MulticlassScores.LogLosses(probabilities, actual, classes);
        var weight = SampleWeights.Of(weights, actual.Length);
        var state = Estimate.StateOf(weight.EffectiveRows);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : Estimate.Mean(losses, weight, 0, double.PositiveInfinity);
    }

    /// <summary>Share of rows whose label is among the k with the highest scores; Wilson.</summary>
    /// <inheritdoc cref="MulticlassScores.TopAccuracy" path="/param"/>
    /// <exception cref="ArgumentException">As <see cref="MulticlassScores.TopAccuracy"/>.</exception>
    public static Estimate TopAccuracy(ReadOnlySpan<double> scores, ReadOnlySpan<int> actual, int classes, int top, ReadOnlySpan<double> weights = default)
    {
        double value = MulticlassScores.TopAccuracy(scores, actual, classes, top, weights);
        double rows = SampleWeights.Of(weights, actual.Length).EffectiveRows;
        var state = Estimate.StateOf(rows);
        return state != MeasureState.Ok ? Estimate.CannotTell(state) : Proportion.Wilson(Math.Clamp(value, 0, 1), rows);
    }
}
