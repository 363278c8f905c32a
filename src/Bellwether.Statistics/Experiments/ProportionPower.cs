using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Experiments;

/// <summary>Power and sample size for comparing two proportions by a z test at one look.</summary>
/// <remarks>
/// Sizes are real numbers, for each group: round up. They hold for a single look fixed beforehand; a sequential test needs more.
/// Sources: J. Cohen, "Statistical power analysis for the behavioral sciences", 1988, ch. 6 (arcsine); J. L. Fleiss, B. Levin, M. C. Paik,
/// "Statistical methods for rates and proportions", 2003, ch. 4 (pooled, unpooled).
/// </remarks>
public static class ProportionPower
{
    /// <summary>Cohen's h: 2·asin √p₂ − 2·asin √p₁, in [−π, π].</summary>
    /// <param name="first">p₁ in [0, 1].</param>
    /// <param name="second">p₂ in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A proportion is outside [0, 1].</exception>
    public static double CohenH(double first, double second)
    {
        RequireShare(first, nameof(first));
        RequireShare(second, nameof(second));
        return 2 * Math.Asin(Math.Sqrt(second)) - 2 * Math.Asin(Math.Sqrt(first));
    }

    /// <summary>Power by the arcsine transformation, with which the variance does not depend on the proportion.</summary>
    /// <param name="effect">Cohen's h; 0 gives the level itself.</param>
    /// <param name="perGroup">Size of each group, above 0.</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="alternative">The side that counts.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double Arcsine(double effect, double perGroup, double alpha = .05, Alternative alternative = Alternative.TwoSided)
    {
        Level.RequireFinite(effect, nameof(effect));
        Level.RequirePositive(perGroup, nameof(perGroup));
        Level.Require(alpha);
        return OfShift(effect * Math.Sqrt(perGroup / 2), 1, alpha, alternative);
    }

    /// <summary>Size of each group for a power by the arcsine transformation.</summary>
    /// <param name="effect">Cohen's h, not 0 and on the side of the alternative.</param>
    /// <param name="power">Wanted power, above the level and below 1.</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="alternative">The side that counts.</param>
    /// <returns>A real number; NaN where no size reaches the power because the effect is 0 or on the other side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double ArcsineSampleSize(double effect, double power, double alpha = .05, Alternative alternative = Alternative.TwoSided)
    {
        Level.RequireFinite(effect, nameof(effect));
        SampleSizeSearch.Require(alpha, power);
        return Reachable(effect, alternative)
            ? SampleSizeSearch.Solve(n => Arcsine(effect, n, alpha, alternative), power, 1e-9)
            : double.NaN;
    }

    /// <summary>Power of the z test whose variance under the null is pooled.</summary>
    /// <param name="first">p₁ in [0, 1].</param>
    /// <param name="second">p₂ in [0, 1].</param>
    /// <param name="perGroup">Size of each group, above 0.</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="alternative">The side of p₂ − p₁ that counts.</param>
    /// <returns>In [0, 1]; NaN where both proportions are 0 or both 1, as nothing varies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double Pooled(double first, double second, double perGroup, double alpha = .05, Alternative alternative = Alternative.TwoSided)
    {
        RequireShare(first, nameof(first));
        RequireShare(second, nameof(second));
        Level.RequirePositive(perGroup, nameof(perGroup));
        Level.Require(alpha);
        double pooled = (first + second) / 2, underNull = Math.Sqrt(2 * pooled * (1 - pooled));
        double actual = Math.Sqrt(first * (1 - first) + second * (1 - second));
        if (underNull == 0) { return double.NaN; }
        // Proportions 0 and 1 do not vary: the test then cannot fail.
        if (actual == 0) { return Reachable(second - first, alternative) ? 1 : 0; }
        return OfShift((second - first) * Math.Sqrt(perGroup) / actual, underNull / actual, alpha, alternative);
    }

    /// <summary>Size of each group, variance pooled under the null: ((z₁₋α⸝₂√(2p̄q̄) + z_power·√(p₁q₁ + p₂q₂))/(p₂ − p₁))².</summary>
    /// <param name="first">p₁ in [0, 1].</param>
    /// <param name="second">p₂ in [0, 1].</param>
    /// <param name="power">Wanted power, above the level and below 1.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <returns>A real number; NaN for equal proportions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double PooledSampleSize(double first, double second, double power, double alpha = .05)
    {
        double pooled = (first + second) / 2;
        return SampleSize(first, second, power, alpha, 2 * pooled * (1 - pooled));
    }

    /// <summary>Size of each group, variance not pooled: (z₁₋α⸝₂ + z_power)²(p₁q₁ + p₂q₂)/(p₂ − p₁)².</summary>
    /// <inheritdoc cref="PooledSampleSize" path="/param|/returns|/exception"/>
    public static double UnpooledSampleSize(double first, double second, double power, double alpha = .05) =>
        SampleSize(first, second, power, alpha, first * (1 - first) + second * (1 - second));

    private static double SampleSize(double first, double second, double power, double alpha, double varianceUnderNull)
    {
        RequireShare(first, nameof(first));
        RequireShare(second, nameof(second));
        SampleSizeSearch.Require(alpha, power);
        if (first == second) { return double.NaN; }
        double actual = first * (1 - first) + second * (1 - second);
        double root = (Quantile(1 - alpha / 2) * Math.Sqrt(varianceUnderNull) + Quantile(power) * Math.Sqrt(actual)) / (second - first);
        return root * root;
    }

    /// <summary>Power of a z test whose statistic is normal around a shift, with the critical value stretched by a ratio of deviations.</summary>
    private static double OfShift(double shift, double stretch, double alpha, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Tail(-Quantile(alpha / 2) * stretch - shift) + Tail(-Quantile(alpha / 2) * stretch + shift),
        Alternative.Greater => Tail(-Quantile(alpha) * stretch - shift),
        Alternative.Less => Tail(-Quantile(alpha) * stretch + shift),
        _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
    };

    internal static bool Reachable(double effect, Alternative alternative) => alternative switch
    {
        Alternative.Greater => effect > 0,
        Alternative.Less => effect < 0,
        _ => effect != 0,
    };

    private static double Quantile(double p) => Normal.Quantile(p);

    private static double Tail(double z) => Normal.Survival(z);

    private static void RequireShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1)) { throw new ArgumentOutOfRangeException(name, share, "Expected a proportion in [0, 1]."); }
    }
}
