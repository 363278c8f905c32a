namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the probability of any false rejection at a level under any dependence: limit α/m for each.</summary>
/// <remarks>
/// Holm rejects at least as much under the same conditions: prefer it unless a limit must not depend on the other p-values.
/// Source: C. E. Bonferroni, "Teoria statistica delle classi e calcolo delle probabilità", 1936.
/// </remarks>
public static class Bonferroni
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        SortedPValues.Require(pValues);
        double[] adjusted = new double[pValues.Length];
        for (int i = 0; i < adjusted.Length; i++) { adjusted[i] = Math.Min(1, pValues[i] * pValues.Length); }
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
        double limit = alpha / pValues.Length;
        bool[] rejected = new bool[pValues.Length];
        for (int i = 0; i < rejected.Length; i++) { rejected[i] = pValues[i] <= limit; }
        return rejected;
    }
}
