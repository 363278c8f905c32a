using System.Globalization;
using System.Numerics;

namespace Bellwether.Statistics.Drift;

/// <summary>What is asked of two histograms, given as counts or as proportions, before they are compared.</summary>
internal static class Weights
{
    /// <summary>The masses of two histograms over the same bins.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a weight is negative or not finite, or a histogram is empty.</exception>
    public static (double Reference, double Current) Masses<T>(ReadOnlySpan<T> reference, ReadOnlySpan<T> current)
        where T : struct, INumber<T>
    {
        if (current.Length != reference.Length)
        {
            throw new ArgumentException($"Expected {reference.Length} bins, got {current.Length}.", nameof(current));
        }
        return (Mass(reference, nameof(reference)), Mass(current, nameof(current)));
    }

    /// <summary>The sum of a histogram's weights, greater than 0.</summary>
    public static double Mass<T>(ReadOnlySpan<T> weights, string name)
        where T : struct, INumber<T>
    {
        double mass = 0;
        foreach (var item in weights)
        {
            double weight = double.CreateChecked(item);
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Count {weight} is negative or not finite."), name);
            }
            mass += weight;
        }
        if (mass == 0) { throw new ArgumentException("The histogram is empty.", name); }
        if (double.IsInfinity(mass)) { throw new ArgumentException("The counts sum to more than a number can hold.", name); }
        return mass;
    }
}
