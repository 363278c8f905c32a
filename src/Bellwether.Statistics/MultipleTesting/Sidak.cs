using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the probability of any false rejection at a level for independent tests: limit 1 − (1 − α)^(1/m) for each.</summary>
/// <remarks>
/// Exact for independent tests, barely larger than Bonferroni; not valid under every dependence.
/// Source: Z. Šidák, "Rectangular confidence regions for the means of multivariate normal distributions", J. Am. Stat. Assoc. 62(318), 1967.
/// </remarks>
public static class Sidak
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        SortedPValues.Require(pValues);
        double[] adjusted = new double[pValues.Length];
        for (int i = 0; i < adjusted.Length; i++) { adjusted[i] = AtLeastOne(pValues[i], pValues.Length); }
        return adjusted;
    }

    /// <summary>Which hypotheses are rejected at a level.</summary>
    /// <remarks>Compares the p-values with their limits and so can differ from an adjusted p-value by rounding at an exact tie.</remarks>
    /// <param name="pValues">m p-values in [0, 1], in any order.</param>
    /// <param name="alpha">Probability of any false rejection, in (0, 1).</param>
    /// <returns>m flags, in the order of the input.</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1], or the level is outside (0, 1).</exception>
    public static bool[] Reject(ReadOnlySpan<double> pValues, double alpha)
    {
        SortedPValues.RequireLevel(alpha);
        SortedPValues.Require(pValues);
        double limit = Limit(alpha, pValues.Length);
        bool[] rejected = new bool[pValues.Length];
        for (int i = 0; i < rejected.Length; i++) { rejected[i] = pValues[i] <= limit; }
        return rejected;
    }

    /// <summary>1 − (1 − p)^m, without losing small p to rounding.</summary>
    internal static double AtLeastOne(double p, int m) => p == 1 ? 1 : -SmallArguments.ExpMinusOne(m * SmallArguments.LogOnePlus(-p));

    /// <summary>1 − (1 − α)^(1/m).</summary>
    internal static double Limit(double alpha, int m) => -SmallArguments.ExpMinusOne(SmallArguments.LogOnePlus(-alpha) / m);
}
