namespace Bellwether.Statistics.Performance;

/// <summary>Errors of predicted numbers, in their unit, each with a 95 % interval.</summary>
/// <remarks>Rows are taken as independent. Fewer than 30 outcomes give <see cref="MeasureState.TooFew"/>.</remarks>
public static class RegressionPerformance
{
    /// <summary>Mean absolute error; normal interval.</summary>
    /// <param name="predicted">n finite numbers.</param>
    /// <param name="actual">n finite numbers.</param>
    /// <returns>A number ≥ 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static Estimate MeanAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double[] errors = Errors(predicted, actual, out var state);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        foreach (ref double error in errors.AsSpan()) { error = Math.Abs(error); }
        var (mean, standardError) = MeanOf(errors);
        return Estimate.Normal(mean, standardError, 0, double.PositiveInfinity);
    }

    /// <summary>Root of the mean squared error; delta method on the mean of squares.</summary>
    /// <param name="predicted">n finite numbers.</param>
    /// <param name="actual">n finite numbers.</param>
    /// <returns>A number ≥ 0. Errors above 10¹⁵⁰ overflow to infinity.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static Estimate RootMeanSquareError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double[] errors = Errors(predicted, actual, out var state);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        foreach (ref double error in errors.AsSpan()) { error *= error; }
        var (mean, standardError) = MeanOf(errors);
        double root = Math.Sqrt(mean);
        return root > 0 ? Estimate.Normal(root, standardError / (2 * root), 0, double.PositiveInfinity) : new Estimate(0, 0, 0, MeasureState.Ok);
    }

    private static double[] Errors(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, out MeasureState state)
    {
        state = Estimate.StateOf(predicted.Length, actual.Length);
        double[] errors = new double[predicted.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            if (!double.IsFinite(predicted[i])) { throw new ArgumentException($"Prediction {predicted[i]} at {i} is not finite.", nameof(predicted)); }
            if (!double.IsFinite(actual[i])) { throw new ArgumentException($"Outcome {actual[i]} at {i} is not finite.", nameof(actual)); }
            errors[i] = predicted[i] - actual[i];
        }
        return errors;
    }

    private static (double Mean, double StandardError) MeanOf(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values) { sum += value; }
        double mean = sum / values.Length;
        foreach (double value in values) { squares += (value - mean) * (value - mean); }
        return (mean, Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }
}
