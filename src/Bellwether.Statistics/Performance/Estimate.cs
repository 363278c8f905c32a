namespace Bellwether.Statistics.Performance;

/// <summary>A measure with its 95 % interval, or the reason why there is none.</summary>
/// <param name="Value">The measure; NaN unless the state is <see cref="MeasureState.Ok"/>.</param>
/// <param name="Low">Lower end; NaN likewise.</param>
/// <param name="High">Upper end; NaN likewise.</param>
/// <param name="State">Look at it first.</param>
public readonly record struct Estimate(double Value, double Low, double High, MeasureState State)
{
    /// <summary>Fewest outcomes for which a measure is stated.</summary>
    public const int FewestOutcomes = 30;

    /// <summary>The 97.5 % point of the standard normal.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>Cannot tell yet, and why.</summary>
    public static Estimate CannotTell(MeasureState why) => new(double.NaN, double.NaN, double.NaN, why);

    internal static Estimate Normal(double value, double standardError, double lowest, double highest) => new(
        value, Math.Clamp(value - Z * standardError, lowest, value), Math.Clamp(value + Z * standardError, value, highest), MeasureState.Ok);

    /// <summary>Refuses unequal lengths; answers whether there are enough outcomes.</summary>
    internal static MeasureState StateOf(int predictions, int outcomes)
    {
        if (predictions != outcomes) { throw new ArgumentException($"Expected {predictions} outcomes, got {outcomes}.", nameof(outcomes)); }
        return StateOf((double)outcomes);
    }

    /// <summary>Whether there are enough outcomes; weighted ones by their effective number.</summary>
    internal static MeasureState StateOf(double outcomes) =>
        // Equal weights other than 1 may round the effective number an ulp below the count.
        outcomes == 0 ? MeasureState.NoOutcomes : outcomes < FewestOutcomes - 1e-9 ? MeasureState.TooFew : MeasureState.Ok;

    /// <summary>Mean of n independent rows' losses, normal, from their deviations; the losses' weights enter as they are.</summary>
    internal static Estimate Mean(ReadOnlySpan<double> losses, SampleWeights weights, double lowest, double highest)
    {
        double mean = 0, variance = 0;
        for (int i = 0; i < losses.Length; i++) { mean += weights[i] * losses[i]; }
        mean /= weights.Sum;
        for (int i = 0; i < losses.Length; i++)
        {
            double deviation = weights[i] * (losses[i] - mean);
            variance += deviation * deviation;
        }
        double n = weights.EffectiveRows;
        return Normal(mean, Math.Sqrt(variance * n / (n - 1)) / weights.Sum, lowest, highest);
    }

    /// <summary>Interval of a value in (0, 1) that is normal on the scale of its log-odds, so that it stays inside and is longer towards ½.</summary>
    internal static Estimate Logit(double value, double standardError)
    {
        double center = Math.Log(value / (1 - value)), half = Z * standardError / (value * (1 - value));
        return new Estimate(value, 1 / (1 + Math.Exp(half - center)), 1 / (1 + Math.Exp(-half - center)), MeasureState.Ok);
    }

    /// <summary>Interval of a value in (−1, 1) that is normal on Fisher's scale, artanh.</summary>
    internal static Estimate Fisher(double value, double standardError)
    {
        double center = Math.Atanh(value), half = Z * standardError / (1 - value * value);
        return new Estimate(value, Math.Tanh(center - half), Math.Tanh(center + half), MeasureState.Ok);
    }
}
