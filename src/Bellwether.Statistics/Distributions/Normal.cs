using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>P(Z &gt; z), with full relative accuracy in the tail.</summary>
    public static double Survival(double z) => double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;

    /// <summary>P(Z ≤ z).</summary>
    public static double Cumulative(double z) => Survival(-z);

    /// <summary>The z with P(Z ≤ z) = <paramref name="p"/>, p in (0, 1).</summary>
    public static double Quantile(double p) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p);
}
