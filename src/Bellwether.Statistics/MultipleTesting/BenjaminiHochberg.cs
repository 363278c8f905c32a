namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the expected share of false rejections at a level for independent or positively dependent tests.</summary>
/// <remarks>
/// Under any dependence use <see cref="BenjaminiYekutieli"/>, or e-values and <see cref="Drift.EBenjaminiHochberg"/>; for tests that arrive one
/// after another <see cref="LordPlusPlus"/>.
/// Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", J. R. Stat. Soc. B 57(1), 1995.
/// </remarks>
public static class BenjaminiHochberg
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m log m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        return StepWise.Falling(sorted, (rank, p) => p / (rank / (double)m));
    }

    /// <summary>Which hypotheses are rejected at a level.</summary>
    /// <remarks>Compares the p-values with their limits and so can differ from an adjusted p-value by rounding at an exact tie.</remarks>
    /// <param name="pValues">m p-values in [0, 1], in any order.</param>
    /// <param name="alpha">Expected share of false ones among the rejected, in (0, 1).</param>
    /// <returns>m flags, in the order of the input.</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1], or the level is outside (0, 1).</exception>
    public static bool[] Reject(ReadOnlySpan<double> pValues, double alpha)
    {
        SortedPValues.RequireLevel(alpha);
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        return StepWise.Up(sorted, rank => rank / (double)m * alpha);
    }
}
