using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Prediction-powered inference: a few rows with outcomes, many without, and for all a guess of what the outcome would contribute.</summary>
/// <remarks>
/// The estimate is λ·mean of the guesses of all + mean over labelled rows of (value − λ·guess), with λ = Cov/(Var·(1 + n/N)) clipped to [0, 1], so that
/// it is never worse than the labelled rows alone. Valid however bad the guesses are, if the labelled rows are a random sample of all.
/// Sources: A. N. Angelopoulos et al., Science 382, 2023; A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++", arXiv 2311.01453.
/// </remarks>
public static class PredictionPowered
{
    /// <summary>The mean of a value over all rows, with a 95 % interval.</summary>
    /// <param name="values">n values from outcomes, such as 1 for a row predicted right; finite.</param>
    /// <param name="guesses">n guesses of them for the same rows, such as the calibrated chance of being right; finite.</param>
    /// <param name="unlabelled">N guesses for rows without outcome; finite. With none the estimate is the labelled mean.</param>
    /// <returns>TooFew below 30 labelled rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static Estimate Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> guesses, ReadOnlySpan<double> unlabelled)
    {
        if (values.Length != guesses.Length) { throw new ArgumentException($"Expected {values.Length} guesses, got {guesses.Length}.", nameof(guesses)); }
        Require(values, nameof(values));
        Require(guesses, nameof(guesses));
        Require(unlabelled, nameof(unlabelled));
        var state = Estimate.StateOf((double)values.Length);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        double n = values.Length, more = unlabelled.Length;
        double mean = RegressionMeasures.Mean(values, []), guess = RegressionMeasures.Mean(guesses, []);
        double covariance = 0, variance = 0;
        for (int i = 0; i < values.Length; i++)
        {
            covariance += (values[i] - mean) * (guesses[i] - guess) / n;
            variance += (guesses[i] - guess) * (guesses[i] - guess) / n;
        }
        double power = variance > 0 && more > 0 ? Math.Clamp(covariance / (variance * (1 + n / more)), 0, 1) : 0;
        double all = more > 0 ? RegressionMeasures.Mean(unlabelled, []) : 0;
        double value = power * all + mean - power * guess;
        double spread = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = values[i] - mean - power * (guesses[i] - guess);
            spread += deviation * deviation;
        }
        double error = spread / (n - 1) / n + (more > 1 ? power * power * RegressionMeasures.Variance(unlabelled, []) / more : 0);
        return Estimate.Normal(value, Math.Sqrt(error), double.NegativeInfinity, double.PositiveInfinity);
    }

    private static void Require(ReadOnlySpan<double> numbers, string name)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsFinite(numbers[i])) { throw new ArgumentException($"Number {numbers[i]} at {i} is not finite.", name); }
        }
    }
}
