using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Drift;

/// <summary>P-values of samples of one distribution are uniform, or, where the statistic is discrete, not smaller than that.</summary>
public sealed class TwoSampleCalibrationTests
{
    private const int Rounds = 2000;

    /// <summary>The .1 % critical value of the Kolmogorov–Smirnov distance of 2,000 values from their law.</summary>
    private static readonly double Critical = 1.95 / Math.Sqrt(Rounds);

    private static readonly Dictionary<string, (int N, int M, Func<double[], double[], double> PValue)> Continuous = new()
    {
        ["Kolmogorov–Smirnov, exact"] = (211, 197, (x, y) => KolmogorovSmirnov.Test(x, y, method: KolmogorovSmirnovMethod.Exact).PValue),
        ["Kolmogorov–Smirnov, asymptotic"] = (1511, 1499, (x, y) => KolmogorovSmirnov.Test(x, y, method: KolmogorovSmirnovMethod.Asymptotic).PValue),
        ["Kolmogorov–Smirnov, limit"] = (1511, 1499, (x, y) => KolmogorovSmirnov.Test(x, y, method: KolmogorovSmirnovMethod.Limit).PValue),
        ["Kolmogorov–Smirnov, less"] = (211, 197, (x, y) => KolmogorovSmirnov.Test(x, y, Alternative.Less).PValue),
        ["Cramér–von Mises"] = (60, 50, (x, y) => CramerVonMises.Test(x, y).PValue),
        ["Kuiper"] = (1511, 1499, (x, y) => Kuiper.Test(x, y).PValue),
        ["Mann–Whitney"] = (60, 50, (x, y) => MannWhitney.Test(x, y).PValue),
        ["Mann–Whitney, greater"] = (60, 50, (x, y) => MannWhitney.Test(x, y, Alternative.Greater).PValue),
        ["Welch"] = (40, 25, (x, y) => TTest.Welch(x, y).PValue),
        ["Welch, less"] = (40, 25, (x, y) => TTest.Welch(x, y, Alternative.Less).PValue),
        ["Student"] = (40, 25, (x, y) => TTest.Student(x, y).PValue),
        ["Epps–Singleton"] = (200, 150, (x, y) => EppsSingleton.Test(x, y).PValue),
        ["Brunner–Munzel"] = (60, 50, (x, y) => BrunnerMunzel.Test(x, y).PValue),
        ["Kruskal–Wallis"] = (60, 50, (x, y) => KruskalWallis.Test([x.AsMemory(0, 30), x.AsMemory(30), y]).PValue),
    };

    private static readonly Dictionary<string, (int N, int M, Func<double[], double[], double> PValue)> Discrete = new()
    {
        ["Kolmogorov–Smirnov, exact"] = (8, 6, (x, y) => KolmogorovSmirnov.Test(x, y).PValue),
        ["Kolmogorov–Smirnov, equal sizes"] = (20, 20, (x, y) => KolmogorovSmirnov.Test(x, y).PValue),
        ["Kolmogorov–Smirnov of rounded values"] = (100, 90, (x, y) => KolmogorovSmirnov.Test(Rounded(x), Rounded(y)).PValue),
        ["Cramér–von Mises, exact"] = (9, 7, (x, y) => CramerVonMises.Test(x, y).PValue),
        ["Mann–Whitney, exact"] = (7, 9, (x, y) => MannWhitney.Test(x, y).PValue),
        ["Mann–Whitney of rounded values"] = (50, 40, (x, y) => MannWhitney.Test(Rounded(x), Rounded(y)).PValue),
    };

    public static TheoryData<string> ContinuousTests() => [.. Continuous.Keys];

    public static TheoryData<string> DiscreteTests() => [.. Discrete.Keys];

    [Theory, MemberData(nameof(ContinuousTests))]
    public void P_values_are_uniform_on_null_data(string name)
    {
        double[] pValues = OnNullData(Continuous[name]);
        Assert.True(Excess(pValues) < Critical && Shortfall(pValues) < Critical, $"{Excess(pValues)} above, {Shortfall(pValues)} below");
    }

    [Theory, MemberData(nameof(DiscreteTests))]
    public void Small_p_values_are_no_more_frequent_than_they_say(string name) => Assert.InRange(Excess(OnNullData(Discrete[name])), 0, Critical);

    [Fact]
    public void Anderson_Darling_p_values_are_uniform_within_the_table()
    {
        double[] pValues = OnNullData((60, 50, (x, y) => AndersonDarling.Test(x, y).PValue));
        foreach (double level in (double[])[.01, .025, .05, .1, .15, .2, .249])
        {
            double share = pValues.Count(pValue => pValue <= level) / (double)Rounds;
            Assert.InRange(share, level - Critical, level + Critical);
        }
    }

    private static double[] OnNullData((int N, int M, Func<double[], double[], double> PValue) test)
    {
        var chance = new SplitMix64(20260 + (ulong)test.N);
        double[] pValues = new double[Rounds];
        for (int i = 0; i < Rounds; i++) { pValues[i] = test.PValue(Values(test.N), Values(test.M)); }
        return [.. pValues.Order()];

        double[] Values(int count)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) { values[i] = chance.NextNormal(); }
            return values;
        }
    }

    /// <summary>How far the share of p-values up to p rises above p.</summary>
    private static double Excess(double[] sorted) => sorted.Select((p, i) => ((i + 1.0) / sorted.Length) - p).Max();

    /// <summary>How far it falls below.</summary>
    private static double Shortfall(double[] sorted) => sorted.Select((p, i) => p - ((double)i / sorted.Length)).Max();

    private static double[] Rounded(double[] values) => [.. values.Select(value => Math.Round(value * 2) / 2)];
}
