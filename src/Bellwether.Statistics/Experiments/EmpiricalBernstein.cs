namespace Bellwether.Statistics.Experiments;

/// <summary>Half-widths around the mean of n values in [0, 1], n fixed beforehand, that shrink with the variance seen.</summary>
/// <remarks>For looks at any time use <see cref="EmpiricalBernsteinSequence"/>.</remarks>
public static class EmpiricalBernstein
{
    /// <summary>√(2V·ln(3/α)/n) + 3·ln(3/α)/n, with the population variance V.</summary>
    /// <remarks>
    /// Source: J.-Y. Audibert, R. Munos, C. Szepesvári, "Exploration–exploitation tradeoff using variance estimates in multi-armed bandits", Theor.
    /// Comput. Sci. 410(19), 2009.
    /// </remarks>
    /// <param name="values">n values in [0, 1].</param>
    /// <param name="alpha">Probability of missing the mean, in (0, 1).</param>
    /// <returns>A half-width > 0; +∞ with fewer than two values, which show no variance. O(n).</returns>
    /// <exception cref="ArgumentException">A value is outside [0, 1] or NaN, or the level is outside (0, 1).</exception>
    public static double AudibertHalfWidth(ReadOnlySpan<double> values, double alpha)
    {
        double squares = Squares(values, alpha);
        double n = values.Length, log = Math.Log(3 / alpha);
        return n < 2 ? double.PositiveInfinity : Math.Sqrt(2 * (squares / n) * log / n) + 3 * log / n;
    }

    /// <summary>√(2V·ln(4/α)/n) + 7·ln(4/α)/(3(n − 1)), with the sample variance V (n − 1): two one-sided bounds at α/2.</summary>
    /// <remarks>Source: A. Maurer, M. Pontil, "Empirical Bernstein bounds and sample-variance penalization", COLT 2009.</remarks>
    /// <inheritdoc cref="AudibertHalfWidth" path="/param|/returns|/exception"/>
    public static double MaurerPontilHalfWidth(ReadOnlySpan<double> values, double alpha)
    {
        double squares = Squares(values, alpha);
        double n = values.Length, log = Math.Log(4 / alpha);
        return n < 2 ? double.PositiveInfinity : Math.Sqrt(2 * (squares / (n - 1)) * log / n) + 7 * log / (3 * (n - 1));
    }

    /// <summary>Sum of squared distances from the mean.</summary>
    private static double Squares(ReadOnlySpan<double> values, double alpha)
    {
        Level.Require(alpha);
        double sum = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] <= 1)) { throw new ArgumentException($"Value {values[i]} at {i} is not in [0, 1].", nameof(values)); }
            sum += values[i];
        }
        double mean = sum / values.Length;
        foreach (double value in values) { squares += (value - mean) * (value - mean); }
        return squares;
    }
}
