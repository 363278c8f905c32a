using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Experiments;

/// <summary>Power and sample size for comparing the means of two equally large groups by Student's t test at one look.</summary>
/// <remarks>
/// Exact for normal values of equal variance, by the noncentral t distribution with 2(n − 1) degrees of freedom. Source: J. Cohen, "Statistical
/// power analysis for the behavioral sciences", 1988, ch. 2.
/// </remarks>
public static class MeanPower
{
    /// <summary>Power.</summary>
    /// <param name="effect">Cohen's d: difference of the means over the standard deviation; 0 gives the level itself.</param>
    /// <param name="perGroup">Size of each group, above 1; need not be whole.</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="alternative">The side that counts.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double TTest(double effect, double perGroup, double alpha = .05, Alternative alternative = Alternative.TwoSided)
    {
        Level.RequireFinite(effect, nameof(effect));
        Level.Require(alpha);
        if (!(double.IsFinite(perGroup) && perGroup > 1)) { throw new ArgumentOutOfRangeException(nameof(perGroup), perGroup, "Expected a size above 1."); }
        double freedom = 2 * (perGroup - 1), shift = effect * Math.Sqrt(perGroup / 2);
        double critical = -StudentT.Quantile(alternative == Alternative.TwoSided ? alpha / 2 : alpha, freedom);
        return alternative switch
        {
            Alternative.TwoSided =>
                NoncentralT.UpperTail(critical, freedom, shift) + NoncentralT.LowerTail(-critical, freedom, shift),
            Alternative.Greater => NoncentralT.UpperTail(critical, freedom, shift),
            Alternative.Less => NoncentralT.LowerTail(-critical, freedom, shift),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
        };
    }

    /// <summary>Size of each group for a power.</summary>
    /// <param name="effect">Cohen's d.</param>
    /// <param name="power">Wanted power, above the level and below 1.</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="alternative">The side that counts.</param>
    /// <returns>
    /// A real number, at least 2 (fewer show no variance): round up. NaN where no size reaches the power because the effect is 0 or on the other side.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double TTestSampleSize(double effect, double power, double alpha = .05, Alternative alternative = Alternative.TwoSided)
    {
        Level.RequireFinite(effect, nameof(effect));
        SampleSizeSearch.Require(alpha, power);
        return ProportionPower.Reachable(effect, alternative)
            ? SampleSizeSearch.Solve(n => TTest(effect, n, alpha, alternative), power, 2)
            : double.NaN;
    }
}
