using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>The upper tail of the chi-square distribution.</summary>
internal static class ChiSquareTail
{
    /// <param name="statistic">At least 0, or +∞; NaN gives NaN.</param>
    /// <param name="degrees">At least 1 degree of freedom.</param>
    /// <returns>The probability of a statistic at least so large, in [0, 1].</returns>
    public static double Of(double statistic, int degrees)
    {
        if (double.IsNaN(statistic)) { return double.NaN; }
        if (statistic <= 0) { return 1; }
        if (double.IsPositiveInfinity(statistic)) { return 0; }
        // One degree is a squared normal, where the error function keeps its relative accuracy to the smallest numbers.
        if (degrees == 1) { return SpecialFunctions.Erfc(Math.Sqrt(statistic / 2)); }
        return Math.Clamp(SpecialFunctions.GammaUpperRegularized(degrees / 2.0, statistic / 2), 0, 1);
    }
}
