namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Keeps the probability of any false rejection at a level, by closed testing with Simes' test.</summary>
/// <remarks>
/// Rejects at least as much as Hochberg under the same conditions (independent or positively dependent tests).
/// Source: G. Hommel, "A stagewise rejective multiple test procedure based on a modified Bonferroni test", Biometrika 75(2), 1988;
/// the adjusted p-values as in S. P. Wright, "Adjusted p-values for simultaneous inference", Biometrics 48(4), 1992.
/// </remarks>
public static class Hommel
{
    /// <summary>p-values that may each be compared with the level wanted for the whole family.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order; none gives an empty answer.</param>
    /// <returns>m adjusted p-values in [0, 1], in the order of the input, none below its p-value. O(m²).</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = new SortedPValues(pValues);
        double[] p = sorted.Values, adjusted = [.. p];
        for (int size = p.Length; size > 1; size--)
        {
            int first = p.Length - size;
            double simes = double.PositiveInfinity;
            for (int rank = 1; rank <= size; rank++) { simes = Math.Min(simes, size * p[first + rank - 1] / rank); }
            for (int i = first; i < p.Length; i++) { adjusted[i] = Math.Max(adjusted[i], simes); }
            for (int i = 0; i < first; i++) { adjusted[i] = Math.Max(adjusted[i], Math.Min(size * p[i], simes)); }
        }
        return sorted.Back<double>(adjusted);
    }

    /// <summary>Which hypotheses are rejected at a level.</summary>
    /// <param name="pValues">m p-values in [0, 1], in any order.</param>
    /// <param name="alpha">Probability of any false rejection, in (0, 1).</param>
    /// <returns>m flags, in the order of the input.</returns>
    /// <exception cref="ArgumentException">A p-value is NaN or outside [0, 1], or the level is outside (0, 1).</exception>
    public static bool[] Reject(ReadOnlySpan<double> pValues, double alpha)
    {
        SortedPValues.RequireLevel(alpha);
        double[] adjusted = Adjust(pValues);
        return Array.ConvertAll(adjusted, p => p <= alpha);
    }
}
