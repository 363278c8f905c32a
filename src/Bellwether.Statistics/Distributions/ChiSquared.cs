using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>The chi-squared distribution.</summary>
internal static class ChiSquared
{
    /// <summary>P(X &gt; x), with full relative accuracy in the tail.</summary>
    /// <param name="x">Any number; at 0 and below the result is 1.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    public static double Survival(double x, double degreesOfFreedom) =>
        double.IsNaN(x) ? double.NaN
        : x <= 0 ? 1
        : double.IsPositiveInfinity(x) ? 0
        : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);
}
