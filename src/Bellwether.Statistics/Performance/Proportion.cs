using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Performance;

/// <summary>A share of independent trials.</summary>
/// <remarks>
/// <see cref="Wilson(long, long)"/> for most purposes; <see cref="ClopperPearson"/> where coverage must never fall short. For a share that is looked
/// at again and again use a confidence sequence (<see cref="Experiments.EmpiricalBernsteinSequence"/>).
/// </remarks>
public static class Proportion
{
    /// <summary>Share with Wilson's score interval, 95 %.</summary>
    /// <remarks>
    /// Keeps its coverage at shares near 0 and 1, where the normal interval collapses.
    /// Source: E. B. Wilson, J. Am. Stat. Assoc. 22(158), 1927; without continuity correction.
    /// </remarks>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">At least 1; a caller who wants a least number asks for it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate Wilson(long successes, long trials)
    {
        Require(successes, trials);
        return Wilson(successes / (double)trials, trials);
    }

    /// <summary>Share with Wilson's score interval.</summary>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="alpha">Probability of missing, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate Wilson(long successes, long trials, double alpha)
    {
        Require(successes, trials);
        return Wilson(successes / (double)trials, trials, Z(alpha));
    }

    /// <summary>Share p with the interval of Clopper and Pearson, which covers at least as often as promised whatever the share.</summary>
    /// <remarks>
    /// Wider than it need be on average. Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
    /// binomial", Biometrika 26(4), 1934.
    /// </remarks>
    /// <param name="successes">In [0, <paramref name="trials"/>].</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="alpha">Probability of missing, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate ClopperPearson(long successes, long trials, double alpha = .05)
    {
        Require(successes, trials);
        RequireLevel(alpha);
        double failures = trials - successes;
        double low = successes == 0 ? 0 : IncompleteBeta.Inverse(successes, failures + 1, alpha / 2);
        double high = failures == 0 ? 1 : 1 - IncompleteBeta.Inverse(failures, successes + 1.0, alpha / 2);
        return new Estimate(successes / (double)trials, low, high, MeasureState.Ok);
    }

    /// <summary>Share with the equal-tailed interval of the posterior under Jeffreys' prior, Beta(½, ½).</summary>
    /// <remarks>
    /// Taken as it is, without the usual repair at the ends: with 0 successes the lower end is a little above 0 and so above the share itself.
    /// Source: L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Stat. Sci. 16(2), 2001.
    /// </remarks>
    /// <inheritdoc cref="ClopperPearson" path="/param|/exception"/>
    public static Estimate Jeffreys(long successes, long trials, double alpha = .05)
    {
        Require(successes, trials);
        RequireLevel(alpha);
        double failures = trials - successes;
        double low = IncompleteBeta.Inverse(successes + .5, failures + .5, alpha / 2);
        double high = 1 - IncompleteBeta.Inverse(failures + .5, successes + .5, alpha / 2);
        return new Estimate(successes / (double)trials, low, high, MeasureState.Ok);
    }

    /// <summary>Share with the normal interval after adding z²/2 successes and as many failures, cut at [0, 1].</summary>
    /// <remarks>Source: A. Agresti, B. A. Coull, "Approximate is better than “exact”", Am. Stat. 52(2), 1998.</remarks>
    /// <inheritdoc cref="ClopperPearson" path="/param|/exception"/>
    public static Estimate AgrestiCoull(long successes, long trials, double alpha = .05)
    {
        Require(successes, trials);
        double z = Z(alpha), n = trials + z * z, middle = (successes + z * z / 2) / n, half = z * Math.Sqrt(middle * (1 - middle) / n);
        return new Estimate(successes / (double)trials, Math.Max(0, middle - half), Math.Min(1, middle + half), MeasureState.Ok);
    }

    /// <summary>Share p ± z·√(pq/n), cut at [0, 1]: for comparison with others only, as it covers too little and has no width at 0 and 1.</summary>
    /// <inheritdoc cref="ClopperPearson" path="/param|/exception"/>
    public static Estimate Wald(long successes, long trials, double alpha = .05)
    {
        Require(successes, trials);
        double share = successes / (double)trials, half = Z(alpha) * Math.Sqrt(share * (1 - share) / trials);
        return new Estimate(share, Math.Max(0, share - half), Math.Min(1, share + half), MeasureState.Ok);
    }

    internal static Estimate Wilson(double share, double trials) => Wilson(share, trials, Estimate.Z);

    private static Estimate Wilson(double share, double trials, double z)
    {
        double z2 = z * z;
        double middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = z / (1 + z2 / trials) * Math.Sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials));
        return new Estimate(share, Math.Clamp(middle - half, 0, share), Math.Clamp(middle + half, share, 1), MeasureState.Ok);
    }

    private static double Z(double alpha)
    {
        RequireLevel(alpha);
        return -Normal.Quantile(alpha / 2);
    }

    private static void RequireLevel(double alpha)
    {
        if (alpha is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a level in (0, 1)."); }
    }

    private static void Require(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
    }
}
