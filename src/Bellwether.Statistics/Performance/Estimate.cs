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
        return outcomes == 0 ? MeasureState.NoOutcomes : outcomes < FewestOutcomes ? MeasureState.TooFew : MeasureState.Ok;
    }
}
