namespace Bellwether.Statistics.Performance;

/// <summary>A share of independent trials.</summary>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        return Wilson(successes / (double)trials, trials);
    }

    internal static Estimate Wilson(double share, double trials)
    {
        double z2 = Estimate.Z * Estimate.Z;
        double middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = Estimate.Z / (1 + z2 / trials) * Math.Sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials));
        return new Estimate(share, Math.Clamp(middle - half, 0, share), Math.Clamp(middle + half, share, 1), MeasureState.Ok);
    }
}
