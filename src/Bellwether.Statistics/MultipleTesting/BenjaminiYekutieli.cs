namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the expected share of false rejections at a level under any dependence: Benjamini–Hochberg at α/(1 + 1/2 + … + 1/m).</summary>
/// <remarks>
/// Much stricter: for 100 tests the level is divided by 5.2. With e-values <see cref="Drift.EBenjaminiHochberg"/> has no such price.
/// Source: Y. Benjamini, D. Yekutieli, "The control of the false discovery rate in multiple testing under dependency", Ann. Stat. 29(4), 2001.
/// </remarks>
public static class BenjaminiYekutieli
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m log m).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = new SortedPValues(pValues);
        int m = sorted.Count;
        double harmonic = Harmonic(m);
        return StepWise.Falling(sorted, (rank, p) => p / (rank / (double)m / harmonic));
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
        double harmonic = Harmonic(m);
        return StepWise.Up(sorted, rank => rank / (double)m / harmonic * alpha);
    }

    private static double Harmonic(int m)
    {
        double sum = 0;
        for (int i = 1; i <= m; i++) { sum += 1.0 / i; }
        return sum;
    }
}
