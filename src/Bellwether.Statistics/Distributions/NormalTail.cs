using Bellwether.Statistics.Drift;
using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>Tails of the standard normal distribution.</summary>
internal static class NormalTail
{
    /// <summary>The probability of a value above <paramref name="z"/>; NaN of NaN.</summary>
    public static double Above(double z) => double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>The p-value of a normal statistic.</summary>
    public static double PValue(double z, Alternative alternative) => alternative switch
    {
        Alternative.Less => Above(-z),
        Alternative.Greater => Above(z),
        _ => 2 * Above(Math.Abs(z)),
    };
}
