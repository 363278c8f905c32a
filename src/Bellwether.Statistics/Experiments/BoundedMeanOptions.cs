namespace Bellwether.Statistics.Experiments;

/// <param name="Alpha">Probability that the interval ever misses, in (0, 1).</param>
/// <param name="Lowest">No value is below.</param>
/// <param name="Highest">No value is above; larger than <paramref name="Lowest"/>.</param>
public sealed record BoundedMeanOptions(double Alpha = .05, double Lowest = 0, double Highest = 1)
{
    internal double Width => Highest - Lowest;

    internal BoundedMeanOptions Valid()
    {
        Level.Require(Alpha);
        if (!(double.IsFinite(Width) && Width > 0))
        {
            throw new ArgumentException($"Expected finite bounds in order, got {Lowest} and {Highest}.", nameof(Highest));
        }
        return this;
    }

    /// <summary>The value on a scale from 0 to 1.</summary>
    internal double Share(double value)
    {
        if (!(value >= Lowest && value <= Highest))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a value in [{Lowest}, {Highest}].");
        }
        return (value - Lowest) / Width;
    }

    internal double Unscale(double share) => Lowest + Width * share;
}
