namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the probability of any false rejection at a level under any dependence, stepping down: limits α/m, α/(m − 1), …</summary>
/// <remarks>
/// Rejects all that Bonferroni does, and more.
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6(2), 1979.
/// </remarks>
public static class Holm
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m log m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        return StepWise.Rising(sorted, (rank, p) => p * (m - rank + 1));
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
        return StepWise.Down(sorted, rank => alpha / (m - rank + 1));
    }
}
