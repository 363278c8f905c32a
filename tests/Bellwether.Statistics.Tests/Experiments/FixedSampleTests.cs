using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Experiments;
using Bellwether.Statistics.Performance;
using CsCheck;

namespace Bellwether.Statistics.Tests.Experiments;

/// <summary>Tests, intervals and sample sizes for one look.</summary>
public sealed class FixedSampleTests
{
    private static readonly Dictionary<string, Func<long, long, Estimate>> Shares = new()
    {
        ["Wilson"] = (x, n) => Proportion.Wilson(x, n, .05),
        ["Clopper–Pearson"] = (x, n) => Proportion.ClopperPearson(x, n),
        ["Jeffreys"] = (x, n) => Proportion.Jeffreys(x, n),
        ["Agresti–Coull"] = (x, n) => Proportion.AgrestiCoull(x, n),
        ["Wald"] = (x, n) => Proportion.Wald(x, n),
    };

    private static readonly Dictionary<string, Func<long, long, long, long, ConfidenceInterval>> Differences = new()
    {
        ["Wald"] = (a, b, c, d) => ProportionDifference.Wald(a, b, c, d),
        ["Agresti–Caffo"] = (a, b, c, d) => ProportionDifference.AgrestiCaffo(a, b, c, d),
        ["Newcombe"] = (a, b, c, d) => ProportionDifference.Newcombe(a, b, c, d),
        ["Miettinen–Nurminen"] = (a, b, c, d) => ProportionDifference.MiettinenNurminen(a, b, c, d),
    };

    public static TheoryData<string> ShareNames => [.. Shares.Keys];

    public static TheoryData<string> DifferenceNames => [.. Differences.Keys];

    [Theory, MemberData(nameof(ShareNames))]
    public void An_interval_of_a_share_mirrors_with_it(string name) => Gen.Select(Gen.Long[0, 60], Gen.Long[0, 60]).Sample((x, more) =>
    {
        long n = x + more + 1;
        var (_, low, high, _) = Shares[name](x, n);
        var (_, mirroredLow, mirroredHigh, _) = Shares[name](n - x, n);
        return low >= 0 && high <= 1 && low <= high && Math.Abs(low - (1 - mirroredHigh)) < 1e-10 && Math.Abs(high - (1 - mirroredLow)) < 1e-10;
    });

    [Theory, MemberData(nameof(ShareNames))] // calibration: exact coverage, summed over all outcomes
    public void An_interval_of_a_share_covers_as_promised(string name)
    {
        const int n = 400;
        double share = .3, coverage = 0, logN = MathNet.Numerics.SpecialFunctions.GammaLn(n + 1);
        for (int x = 0; x <= n; x++)
        {
            double log = logN - MathNet.Numerics.SpecialFunctions.GammaLn(x + 1) - MathNet.Numerics.SpecialFunctions.GammaLn(n - x + 1);
            var (_, low, high, _) = Shares[name](x, n);
            if (low <= share && share <= high) { coverage += Math.Exp(log + x * Math.Log(share) + (n - x) * Math.Log(1 - share)); }
        }
        Assert.InRange(coverage, .935, .965);
    }

    [Fact]
    public void The_exact_interval_stays_exact_with_millions_of_trials()
    {
        var (_, low, high, _) = Proportion.ClopperPearson(1_000_000, 4_000_000);
        Assert.Equal(.25 - 1.959964 * Math.Sqrt(.25 * .75 / 4e6), low, 1e-6);
        Assert.Equal(.25 + 1.959964 * Math.Sqrt(.25 * .75 / 4e6), high, 1e-6);
        Assert.Equal(.025, IncompleteBeta.Of(1_000_000, 3_000_001, low), 1e-9);
    }

    [Theory, MemberData(nameof(DifferenceNames))]
    public void An_interval_of_a_difference_changes_sign_with_its_samples(string name) =>
        Gen.Select(Gen.Long[0, 40], Gen.Long[0, 40], Gen.Long[0, 40], Gen.Long[0, 40]).Sample((x1, f1, x2, f2) =>
        {
            var forth = Differences[name](x1, x1 + f1 + 1, x2, x2 + f2 + 1);
            var back = Differences[name](x2, x2 + f2 + 1, x1, x1 + f1 + 1);
            bool isCut = name is "Newcombe" or "Miettinen–Nurminen";
            return (!isCut || (forth.Low >= -1 && forth.High <= 1)) && forth.Low <= forth.High
                && Math.Abs(forth.Low + back.High) < 1e-9 && Math.Abs(forth.High + back.Low) < 1e-9;
        });

    [Theory, MemberData(nameof(DifferenceNames))] // calibration
    public void An_interval_of_a_difference_covers_as_promised(string name)
    {
        var chance = new SplitMix64(21);
        int covered = 0;
        const int runs = 4_000;
        for (int run = 0; run < runs; run++)
        {
            int x1 = 0, x2 = 0;
            for (int i = 0; i < 150; i++)
            {
                x1 += chance.NextDouble() < .3 ? 1 : 0;
                x2 += chance.NextDouble() < .4 ? 1 : 0;
            }
            covered += Differences[name](x1, 150, x2, 150).Contains(-.1) ? 1 : 0;
        }
        Assert.InRange(covered / (double)runs, .935, .965);
    }

    [Fact] // the definition: no other pair of proportions with that difference makes the table likelier
    public void The_score_test_uses_the_likeliest_proportions() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[1, 30], Gen.Double[-.9, .9]).Sample((x1, f1, x2, f2, difference) =>
        {
            double n1 = x1 + f1, n2 = x2 + f2, best = double.NegativeInfinity, at = 0;
            for (double p = Math.Max(0, -difference) + 1e-4; p < Math.Min(1, 1 - difference); p += 1e-4)
            {
                double likelihood = x1 * Math.Log(p + difference) + f1 * Math.Log(1 - p - difference) + x2 * Math.Log(p) + f2 * Math.Log(1 - p);
                if (likelihood > best) { (best, at) = (likelihood, p); }
            }
            double p1 = at + difference, deviation = Math.Sqrt((p1 * (1 - p1) / n1 + at * (1 - at) / n2) * (n1 + n2) / (n1 + n2 - 1));
            double expected = (x1 / n1 - x2 / n2 - difference) / deviation, actual = ProportionDifference.Score(x1, n1, x2, n2, difference);
            return Math.Abs(actual - expected) <= .02 * Math.Max(1, Math.Abs(expected));
        }, iter: 60);

    [Fact]
    public void Wrong_counts_and_levels_are_refused()
    {
        foreach (var share in Shares.Values)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => share(0, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => share(-1, 5));
            Assert.Throws<ArgumentOutOfRangeException>(() => share(6, 5));
        }
        foreach (var difference in Differences.Values) { Assert.Throws<ArgumentOutOfRangeException>(() => difference(1, 0, 1, 2)); }
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 2, double.NaN));
    }

    [Fact]
    public void Sample_sizes_reach_their_power()
    {
        foreach (var side in Enum.GetValues<Alternative>())
        {
            double sign = side == Alternative.Less ? -1 : 1;
            Assert.Equal(.83, ProportionPower.Arcsine(sign * .1, ProportionPower.ArcsineSampleSize(sign * .1, .83, .02, side), .02, side), 1e-10);
            Assert.Equal(.83, MeanPower.TTest(sign * .4, MeanPower.TTestSampleSize(sign * .4, .83, .02, side), .02, side), 1e-10);
        }
    }

    [Fact]
    public void Without_an_effect_the_power_is_the_level_and_no_size_is_enough()
    {
        Assert.Equal(.03, ProportionPower.Arcsine(0, 100, .03), 1e-12);
        Assert.Equal(.03, MeanPower.TTest(0, 7.5, .03), 1e-10);
        Assert.Equal(.03, ProportionPower.Pooled(.2, .2, 100, .03), 1e-12);
        Assert.True(double.IsNaN(ProportionPower.Pooled(0, 0, 100)));
        Assert.True(double.IsNaN(ProportionPower.ArcsineSampleSize(0, .8)));
        Assert.True(double.IsNaN(ProportionPower.PooledSampleSize(.2, .2, .8)));
        Assert.True(double.IsNaN(MeanPower.TTestSampleSize(-.2, .8, alternative: Alternative.Greater)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanPower.TTestSampleSize(.2, .01));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionPower.CohenH(.2, 1.2));
    }

    [Fact] // scipy 1.10.1: nct.sf and nct.cdf
    public void The_noncentral_t_agrees_with_scipy()
    {
        Assert.Equal(0.9447927536179621, NoncentralT.UpperTail(2, 10, 3.7), 1e-11);
        Assert.Equal(0.08148809677346343, NoncentralT.LowerTail(-1.3, 2.5, .4), 1e-11);
        Assert.Equal(0.6984361445803172, NoncentralT.UpperTail(1.98, 98, 2.5), 1e-11);
        Assert.Equal(0.052784544064072944, NoncentralT.UpperTail(12.7, 1, .7), 1e-11);
    }

    [Fact] // statsmodels 0.13.5: mcnemar
    public void Mcnemar_counts_only_discordant_rows()
    {
        Assert.Equal(4.355555555555555, McNemar.ChiSquare(15, 30).Statistic, 1e-12);
        Assert.Equal(0.036888425707049914, McNemar.ChiSquare(15, 30).PValue, 1e-12);
        Assert.Equal(0.035697803555194696, McNemar.Exact(15, 30).PValue, 1e-12);
        Assert.Equal(2 * (1 + 10 + 45) / 1024.0, McNemar.Exact(2, 8).PValue, 1e-14);
        Assert.Equal(McNemar.Exact(2, 8).PValue, McNemar.Exact(8, 2).PValue);
        Assert.Equal(1, McNemar.Exact(0, 0).PValue);
        Assert.Equal(1, McNemar.Exact(5, 5).PValue);
        Assert.Equal(new McNemarResult(double.NaN, 1), McNemar.ChiSquare(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Exact(-1, 2));
    }

    [Fact] // calibration: discrete, so no more often than promised
    public void Mcnemar_rejects_equals_no_more_often_than_promised()
    {
        var chance = new SplitMix64(31);
        int exact = 0, approximate = 0;
        for (int run = 0; run < 2_000; run++)
        {
            int first = 0;
            for (int i = 0; i < 100; i++) { first += chance.NextInt(2); }
            exact += McNemar.Exact(first, 100 - first).PValue <= .05 ? 1 : 0;
            approximate += McNemar.ChiSquare(first, 100 - first).PValue <= .05 ? 1 : 0;
        }
        Assert.InRange(exact, 0, 130);
        Assert.InRange(approximate, 0, 130);
    }

    [Fact] // calibration
    public void Cuped_covers_as_promised_with_less_variance()
    {
        var chance = new SplitMix64(41);
        int covered = 0;
        double reduction = 0;
        const int runs = 2_000, n = 100;
        for (int run = 0; run < runs; run++)
        {
            double[][] before = [new double[n], new double[n]], after = [new double[n], new double[n]];
            for (int arm = 0; arm < 2; arm++)
            {
                for (int i = 0; i < n; i++)
                {
                    before[arm][i] = 50 + chance.NextNormal();
                    after[arm][i] = 2 * before[arm][i] + chance.NextNormal() + .3 * arm;
                }
            }
            var result = Cuped.Compare(before[0], after[0], before[1], after[1]);
            covered += Math.Abs(result.AdjustedDifference - .3) <= 1.972 * result.StandardError ? 1 : 0;
            reduction += result.VarianceReduction / runs;
        }
        Assert.InRange(covered / (double)runs, .935, .965);
        Assert.Equal(.8, reduction, .01);
    }

    [Fact]
    public void Cuped_without_spread_before_is_the_plain_comparison()
    {
        var result = Cuped.Compare([5, 5], [1, 2], [5, 5], [4, 6]);
        Assert.Equal((0, 3.5, 3.5, 0), (result.Theta, result.RawDifference, result.AdjustedDifference, result.VarianceReduction));
        var alone = Cuped.Compare([1], [1], [2], [4]);
        Assert.True(double.IsNaN(alone.StandardError) && double.IsNaN(alone.T));
        Assert.Throws<ArgumentException>(() => Cuped.Compare([], [], [1], [1]));
        Assert.Throws<ArgumentException>(() => Cuped.Compare([1], [double.NaN], [1], [1]));
        Assert.Throws<ArgumentException>(() => Cuped.Compare([1], [1, 2], [1], [1]));
    }
}
