using System.Globalization;
using Bellwether.Statistics.Ordering;
using MathNet.Numerics;

namespace Bellwether.Statistics.Drift;

/// <summary>Two-sample Kuiper test: the largest difference of the distribution functions in one direction plus the largest in the other.</summary>
/// <remarks>
/// As sensitive at the tails as in the middle, and the same wherever a circle of values (hour of day, angle) is cut open; against shifts
/// <see cref="KolmogorovSmirnov"/> is stronger. Ties make the p-value too large.
/// Sources: N. H. Kuiper, 1960; M. A. Stephens, J. R. Stat. Soc. B 32, 1970; W. H. Press et al., Numerical Recipes, 3rd ed., §14.3.4.
/// </remarks>
public static class Kuiper
{
    /// <summary>Tests two samples. O(n + m), as <see cref="KolmogorovSmirnov.Test"/>.</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static KuiperResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var gap = GapSearch.Between(reference, current);
        double n = reference.Length, m = current.Length;
        double statistic = (gap.Above + (double)gap.Below) / (n * m);
        double root = Math.Sqrt(n * m / (n + m)), lambda = (root + .155 + (.24 / root)) * statistic;
        return new KuiperResult(statistic, LimitSurvival(lambda), lambda);
    }

    /// <summary>P(λ ≥ <paramref name="lambda"/>) = 2·Σ(4j²λ² − 1)·exp(−2j²λ²), 1 below .4 where it is so to seven digits.</summary>
    private static double LimitSurvival(double lambda)
    {
        if (lambda < .4) { return 1; }
        double sum = 0;
        for (int j = 1; ; j++)
        {
            double square = lambda * lambda * j * j, term = ((4 * square) - 1) * Math.Exp(-2 * square);
            sum += term;
            if (term <= sum * 1e-18) { return Math.Clamp(2 * sum, 0, 1); }
        }
    }

    /// <summary>
    /// Stephens' earlier formulas for the law of V, one for each range of V and N, as Paltani collected them and astropy uses them: a
    /// higher order in 1/√N than <see cref="Test"/>'s p-value, made for one sample, where N is a whole number.
    /// </summary>
    /// <param name="statistic">V in [0, 2].</param>
    /// <param name="effectiveSize">N &gt; 0: the size of one sample, or n·m/(n + m) of two.</param>
    /// <returns>
    /// The value of the formula, not clamped: just below 0 or above 1 where the expansion ends (small N, tiny p), and NaN where it has
    /// none: V below 1/N with N not whole. Use it to compare with astropy; use <see cref="Test"/>'s p-value to decide.
    /// </returns>
    /// <remarks>Sources: M. A. Stephens, Biometrika 52, 1965; S. Paltani, Astron. Astrophys. 420, 2004.</remarks>
    /// <exception cref="ArgumentException">The statistic lies outside [0, 2] or the size is not a positive number.</exception>
    public static double StephensSurvival(double statistic, double effectiveSize)
    {
        double v = statistic, n = effectiveSize;
        if (!(v >= 0 && v <= 2))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected a statistic in [0, 2], got {v}."), nameof(statistic));
        }
        if (!(n > 0 && double.IsFinite(n)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected a positive size, got {n}."), nameof(effectiveSize));
        }
        if (v < 2 / n) { return 1 - Scaled(SpecialFunctions.GammaLn(n + 1), v - (1 / n), n - 1); }
        if (v < 3 / n) { return Second(v, n); }
        bool tail = (v > .5 && n % 2 == 0) || (v > (n - 1) / (2 * n) && n % 2 == 1);
        return tail ? Tail(v, n) : Expansion(v, n);
    }

    private static double Second(double v, double n)
    {
        double middle = ((n * v) - 1) / 2, root = Math.Sqrt((middle * middle) - (((n * v) - 2) * ((n * v) - 2) / 2));
        double a = middle + root, b = middle - root;
        double factor = SpecialFunctions.GammaLn(n) - ((n - 2) * Math.Log(n));
        return 1 - (((Scaled(factor, b, n - 1) * (1 - a)) - (Scaled(factor, a, n - 1) * (1 - b))) / (b - a));
    }

    private static double Tail(double v, double n)
    {
        double sum = 0;
        for (int t = 0; t <= n * (1 - v); t++)
        {
            double y = v + (t / n), rest = 1 - y;
            double polynomial = (y * y * y * n) - (y * y * t * (3 - (2 / n))) + (y * t * (t - 1.0) * (3 - (2 / n)) / n) - (t * (t - 1.0) * (t - 2.0) / (n * n));
            double ways = SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(t + 1) - SpecialFunctions.GammaLn(n - t + 1);
            sum += polynomial * Scaled(ways + ((t - 3) * Math.Log(y)), rest, n - t - 1);
        }
        return sum;
    }

    private static double Expansion(double v, double n)
    {
        double z2 = v * v * n, first = 0, second = 0;
        double most = 18.82 / (v * Math.Sqrt(n)); // Beyond, the terms vanish.
        for (int m = 1; m < most; m++)
        {
            double square = z2 * m * m, weight = Math.Exp(-2 * square);
            first += 2 * ((4 * square) - 1) * weight;
            second += (double)m * m * ((4 * square) - 3) * weight;
        }
        return first - (8 * v / 3 * second);
    }

    /// <summary>e^logFactor · x^power; the power keeps the sign that a whole exponent gives a negative x, and NaN otherwise.</summary>
    private static double Scaled(double logFactor, double x, double power)
    {
        double sign = Math.Pow(Math.Sign(x), power); // 0⁰ = 1.
        return x == 0 ? sign * Math.Exp(logFactor) : sign * Math.Exp(logFactor + (power * Math.Log(Math.Abs(x))));
    }
}
