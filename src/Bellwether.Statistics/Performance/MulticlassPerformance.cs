namespace Bellwether.Statistics.Performance;

/// <summary>Measures of a classifier with any number of labels, each with a 95 % interval.</summary>
/// <remarks>Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>.</remarks>
public static class MulticlassPerformance
{
    /// <summary>Share of rows predicted right; Wilson.</summary>
    /// <param name="predicted">n labels.</param>
    /// <param name="actual">n labels.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Accuracy(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual)
    {
        var state = Estimate.StateOf(predicted.Length, actual.Length);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        long right = 0;
        for (int i = 0; i < predicted.Length; i++) { right += predicted[i] == actual[i] ? 1 : 0; }
        return Proportion.Wilson(right, predicted.Length);
    }

    /// <summary>Mean over labels of F1, labels that occur among predictions or outcomes; delta method.</summary>
    /// <remarks>
    /// The variance is that of the rows' influences, Σ_k (2·[both k] − F_k([predicted k] + [actual k]))·n/(K·(P_k + A_k)). Where it is zero, as when
    /// every row is right, Wilson's interval for n trials. Labels with few rows make the interval too short.
    /// </remarks>
    /// <param name="predicted">n labels.</param>
    /// <param name="actual">n labels.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate MacroF1(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual)
    {
        var state = Estimate.StateOf(predicted.Length, actual.Length);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        var labels = new SortedDictionary<int, (long Right, long Named)>();
        for (int i = 0; i < predicted.Length; i++)
        {
            var label = labels.GetValueOrDefault(predicted[i]);
            labels[predicted[i]] = (label.Right + (predicted[i] == actual[i] ? 1 : 0), label.Named + 1);
            label = labels.GetValueOrDefault(actual[i]);
            labels[actual[i]] = label with { Named = label.Named + 1 };
        }
        double mean = 0;
        foreach (var (right, named) in labels.Values) { mean += 2.0 * right / named; }
        mean /= labels.Count;

        double squares = 0, n = predicted.Length;
        for (int i = 0; i < predicted.Length; i++)
        {
            var (right, named) = labels[predicted[i]];
            double influence = -2.0 * right / named / named;
            (right, named) = labels[actual[i]];
            influence -= 2.0 * right / named / named;
            if (predicted[i] == actual[i]) { influence += 2.0 / named; }
            influence *= n / labels.Count;
            squares += influence * influence;
        }
        double error = Math.Sqrt(squares) / n;
        // Influences that cancel leave rounding dust, which is no interval.
        return error > 1e-9 ? Estimate.Normal(mean, error, 0, 1) : Proportion.Wilson(Math.Clamp(mean, 0, 1), n);
    }
}
