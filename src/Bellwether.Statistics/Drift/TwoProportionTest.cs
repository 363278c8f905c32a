using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Drift;

/// <summary>The z-test of two shares, with the variance of the pooled share.</summary>
/// <remarks>
/// An approximation, good where each sample has at least ten successes and ten failures; below that use <see cref="FisherExactTest"/>.
/// Its square is Pearson's chi-square without correction. Source: A. Agresti, "Categorical Data Analysis", §3.2.
/// </remarks>
public static class TwoProportionTest
{
    /// <param name="Z">The current share less the reference's, in standard errors; NaN when all rows of both agree, cannot tell.</param>
    /// <param name="PValue">In [0, 1]; NaN when <paramref name="Z"/> is.</param>
    public readonly record struct Result(double Z, double PValue);

    /// <param name="referenceSuccesses">In [0, <paramref name="referenceTrials"/>].</param>
    /// <param name="referenceTrials">At least 1.</param>
    /// <param name="currentSuccesses">In [0, <paramref name="currentTrials"/>].</param>
    /// <param name="currentTrials">At least 1.</param>
    /// <param name="alternative"><see cref="Alternative.Less"/>: the reference's share is less than the current one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Result Test(
        long referenceSuccesses, long referenceTrials, long currentSuccesses, long currentTrials, Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(referenceTrials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(currentTrials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(referenceSuccesses);
        ArgumentOutOfRangeException.ThrowIfNegative(currentSuccesses);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(referenceSuccesses, referenceTrials);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(currentSuccesses, currentTrials);
        double n = referenceTrials, m = currentTrials, pooled = ((double)referenceSuccesses + currentSuccesses) / (n + m);
        double error = Math.Sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        double z = error == 0 ? double.NaN : (currentSuccesses / m - referenceSuccesses / n) / error;
        double p = alternative switch
        {
            Alternative.Less => Normal.Survival(z),
            Alternative.Greater => Normal.Survival(-z),
            _ => 2 * Normal.Survival(Math.Abs(z)),
        };
        return new Result(z, p);
    }
}
