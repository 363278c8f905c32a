using Bellwether.Statistics.Distributions;
using MathNet.Numerics;

namespace Bellwether.Statistics.Experiments;

/// <param name="Statistic">Exact: the smaller of the two counts. Otherwise χ² with one degree of freedom; NaN without discordant rows.</param>
/// <param name="PValue">Two-sided, in [0, 1]; 1 without discordant rows, which say nothing either way.</param>
public readonly record struct McNemarResult(double Statistic, double PValue);

/// <summary>Whether two classifiers judged on the same rows err equally often. Only rows where exactly one errs count.</summary>
/// <remarks>
/// For one look; for looks at any time feed the differences of the losses to <see cref="BettingTest"/>. Pairing is the free lunch: comparing the two
/// error rates as if from different rows loses most of the power.
/// Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages", Psychometrika 12(2), 1947.
/// </remarks>
public static class McNemar
{
    /// <summary>Exact test: the discordant rows fall either way with probability one half.</summary>
    /// <param name="onlyFirst">Rows that only the first got wrong, ≥ 0.</param>
    /// <param name="onlySecond">Rows that only the second got wrong, ≥ 0.</param>
    /// <returns>Conservative, as the counts are whole numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static McNemarResult Exact(long onlyFirst, long onlySecond)
    {
        Require(onlyFirst, onlySecond);
        double smaller = Math.Min(onlyFirst, onlySecond), n = (double)onlyFirst + onlySecond;
        if (onlyFirst == onlySecond) { return new McNemarResult(smaller, 1); }
        // P(X ≤ k) of a binomial is a beta's tail.
        return new McNemarResult(smaller, Math.Min(1, 2 * IncompleteBeta.Of(n - smaller, smaller + 1, .5)));
    }

    /// <summary>Approximate test by χ² = (|b − c| − 1)²/(b + c); for at least 25 discordant rows.</summary>
    /// <param name="onlyFirst">Rows that only the first got wrong, ≥ 0.</param>
    /// <param name="onlySecond">Rows that only the second got wrong, ≥ 0.</param>
    /// <param name="corrected">Whether 1 is taken off for continuity, as Edwards proposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static McNemarResult ChiSquare(long onlyFirst, long onlySecond, bool corrected = true)
    {
        Require(onlyFirst, onlySecond);
        double n = (double)onlyFirst + onlySecond;
        if (n == 0) { return new McNemarResult(double.NaN, 1); }
        double distance = Math.Abs((double)onlyFirst - onlySecond) - (corrected ? 1 : 0);
        double statistic = distance * distance / n;
        return new McNemarResult(statistic, SpecialFunctions.Erfc(Math.Sqrt(statistic / 2)));
    }

    private static void Require(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
    }
}
