using System.Numerics;
using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Tests.Distributions;

/// <summary>Laws of statistics against counting all cases, against each other where two formulas meet, and against published values.</summary>
public sealed class LawTests
{
    public static TheoryData<int, int> Sizes() => new() { { 1, 1 }, { 1, 4 }, { 3, 2 }, { 4, 4 }, { 5, 7 }, { 8, 6 } };

    [Theory, MemberData(nameof(Sizes))]
    public void The_exact_laws_count_all_orders_of_the_values(int n, int m)
    {
        var orders = Orders(n, m).ToArray();
        for (int gap = 1; gap <= n * m; gap++)
        {
            double both = orders.Count(order => Heights(order, n, m).Any(height => Math.Abs(height) >= gap)) / (double)orders.Length;
            double up = orders.Count(order => Heights(order, n, m).Any(height => height >= gap)) / (double)orders.Length;
            if (n == m && gap % n != 0) { continue; } // Not a difference that two samples of one size can have.
            Assert.Equal(both, LatticePaths.TwoSided(n, m, gap), 1e-12);
            Assert.Equal(up, LatticePaths.OneSided(n, m, gap), 1e-12);
        }
        for (int u = 0; u <= n * m; u++)
        {
            double share = orders.Count(order => Wins(order) >= u) / (double)orders.Length;
            Assert.Equal(share, MannWhitneyLaw.Survival(u, n, m), 1e-12);
        }
        double[] zetas = [.. orders.Select(order => Zeta(order, n, m)).Distinct()];
        foreach (double zeta in zetas)
        {
            double share = orders.Count(order => Zeta(order, n, m) >= zeta) / (double)orders.Length;
            Assert.Equal(share, CramerVonMisesLaw.ExactSurvival(zeta, n, m), 1e-12);
        }
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void Smirnovs_integral_is_his_sum(int n)
    {
        foreach (double z in (double[])[1.49, 1.8, 2.5, 4, 8])
        {
            double x = z / Math.Sqrt(n), sum = 0;
            for (int j = 0; j < n * (1 - x); j++)
            {
                double p = x + ((double)j / n), q = 1 - p;
                double ways = MathNet.Numerics.SpecialFunctions.BinomialLn(n, j);
                sum += Math.Exp(ways + ((j - 1) * Math.Log(p)) + ((n - j) * Math.Log(q)));
            }
            Assert.Equal(1, Smirnov.Survival(n, x) / (x * sum), 1e-8);
        }
    }

    [Fact]
    public void Kolmogorovs_exact_law_agrees_with_published_values()
    {
        // Marsaglia, Tsang and Wang, J. Stat. Softw. 8(18), 2003, and Simard and L'Ecuyer, 2011.
        Assert.Equal(.6284796154565043, Kolmogorov.Durbin(10, .274), 1e-13);
        Assert.Equal(1 - .6284796154565043, Kolmogorov.Survival(10, .274), 1e-13);
        Assert.Equal(.05, Kolmogorov.Survival(10, .40925), 2e-5);
        Assert.Equal(.01, Kolmogorov.Survival(20, .35241), 2e-5);
    }

    [Fact]
    public void Kolmogorovs_formulas_meet()
    {
        foreach (double z in (double[])[.35, .5, .8, 1.2, 1.4])
        {
            double exact = Kolmogorov.Durbin(800, z / Math.Sqrt(800)), expanded = Kolmogorov.PelzGood(800, z / Math.Sqrt(800));
            Assert.Equal(exact, expanded, 1e-7);
        }
        Assert.Equal(Kolmogorov.LimitSurvival(.999999999), Kolmogorov.LimitSurvival(1.000000001), 1e-8);
        Assert.Equal(1, Kolmogorov.LimitSurvival(0));
    }

    [Fact]
    public void Tails_keep_their_digits()
    {
        // Reference values: mpmath, 50 digits.
        Assert.Equal(1, Normal.Survival(10) / 7.6198530241605260660e-24, 1e-12);
        Assert.Equal(1, StudentT.Survival(10, 1) / (Math.Atan(.1) / Math.PI), 1e-12);
        Assert.Equal(1, StudentT.Survival(50, 2) / ((1 - (50 / Math.Sqrt(2502))) / 2), 1e-9);
        Assert.Equal(1, ChiSquared.Survival(200, 2) / Math.Exp(-100), 1e-12);
        Assert.Equal(.5, StudentT.Survival(0, 7));
        Assert.Equal(.5, StudentT.Survival(1e-12, 30), 1e-11);
        Assert.Equal(1, ChiSquared.Survival(0, 3));
        Assert.Equal(0, StudentT.Survival(double.PositiveInfinity, 3));
        Assert.Equal(1, Normal.Cumulative(double.PositiveInfinity));
    }

    /// <summary>All orders of n values of one sample (set bits) and m of the other.</summary>
    private static IEnumerable<uint> Orders(int n, int m) =>
        Enumerable.Range(0, 1 << (n + m)).Select(bits => (uint)bits).Where(bits => BitOperations.PopCount(bits) == n).Select(bits => bits | (1u << (n + m)));

    private static IEnumerable<bool> Steps(uint order)
    {
        for (; order > 1; order >>= 1) { yield return (order & 1) == 1; }
    }

    private static IEnumerable<int> Heights(uint order, int n, int m)
    {
        int height = 0;
        foreach (bool first in Steps(order)) { yield return height += first ? m : -n; }
    }

    private static int Wins(uint order)
    {
        int wins = 0, others = 0;
        foreach (bool first in Steps(order))
        {
            if (first) { wins += others; }
            else { others++; }
        }
        return wins;
    }

    private static double Zeta(uint order, int n, int m)
    {
        double divisor = (double)BigInteger.GreatestCommonDivisor(n, m);
        return Heights(order, n, m).Sum(height => height / divisor * (height / divisor));
    }
}
