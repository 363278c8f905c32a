namespace Bellwether.Statistics.Experiments;

/// <summary>Half-widths around the mean of values in [0, 1] that need only their number. Values of another width: multiply by it.</summary>
/// <remarks>Blind to the variance: where that is small the empirical Bernstein bounds are far narrower.</remarks>
public static class Hoeffding
{
    /// <summary>For one look at n values fixed beforehand: √(ln(2/α)/2n).</summary>
    /// <remarks>Source: W. Hoeffding, "Probability inequalities for sums of bounded random variables", J. Am. Stat. Assoc. 58(301), 1963.</remarks>
    /// <param name="count">n ≥ 0.</param>
    /// <param name="alpha">Probability of missing the mean, in (0, 1).</param>
    /// <returns>A half-width > 0; +∞ without values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double FixedHalfWidth(long count, double alpha)
    {
        Require(count, alpha);
        return count == 0 ? double.PositiveInfinity : Math.Sqrt(Math.Log(2 / alpha) / (2.0 * count));
    }

    /// <summary>For all n at once, by a union bound with α/(n(n + 1)) spent at n: √(ln(2n(n + 1)/α)/2n).</summary>
    /// <inheritdoc cref="FixedHalfWidth" path="/param|/returns|/exception"/>
    public static double UnionHalfWidth(long count, double alpha)
    {
        Require(count, alpha);
        return count == 0 ? double.PositiveInfinity : Math.Sqrt(Math.Log(2.0 * count * (count + 1.0) / alpha) / (2.0 * count));
    }

    /// <summary>For all n at once, by a normal mixture: √((n/4 + ρ)·ln((n/4 + ρ)/(ρα²)))/n.</summary>
    /// <remarks>
    /// Sources: H. Robbins, Ann. Math. Stat. 41(5), 1970; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric,
    /// nonasymptotic confidence sequences", Ann. Stat. 49(2), 2021, eq. 14.
    /// </remarks>
    /// <param name="count">n ≥ 0.</param>
    /// <param name="alpha">Probability of ever missing the mean, in (0, 1).</param>
    /// <param name="rho">ρ > 0: the larger, the later the bound is at its tightest (near n = 30ρ at α = .05).</param>
    /// <returns>A half-width > 0; +∞ without values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double MixtureHalfWidth(long count, double alpha, double rho = 1)
    {
        Require(count, alpha);
        Level.RequirePositive(rho, nameof(rho));
        double time = count / 4.0 + rho;
        return count == 0 ? double.PositiveInfinity : Math.Sqrt(time * Math.Log(time / (rho * alpha * alpha))) / count;
    }

    private static void Require(long count, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Level.Require(alpha);
    }
}
