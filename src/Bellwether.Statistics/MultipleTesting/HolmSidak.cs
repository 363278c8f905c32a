namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Holm's step-down with Šidák's limits 1 − (1 − α)^(1/m), 1 − (1 − α)^(1/(m − 1)), … for independent tests.</summary>
/// <remarks>
/// A little more power than Holm; not valid under every dependence.
/// Source: B. S. Holland, M. D. Copenhaver, "An improved sequentially rejective Bonferroni test procedure", Biometrics 43(2), 1987.
/// </remarks>
public static class HolmSidak
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m log m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        return StepWise.Rising(sorted, (rank, p) => Sidak.AtLeastOne(p, m - rank + 1));
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
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        return StepWise.Down(sorted, rank => Sidak.Limit(alpha, m - rank + 1));
    }
}
