using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Tests.Golden;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class KSampleTests
{
    [Fact]
    public void Tests_of_several_samples_agree_with_the_golden_values()
    {
        Assert.SkipWhen(!GoldenFolder.Files.Contains("a_psi_ksample"), "No golden values: name their folder in BELLWETHER_GOLDEN.");
        int answered = 0;
        foreach (var golden in GoldenFile.Load("a_psi_ksample").Cases)
        {
            var comparison = new GoldenComparison(golden);
            if (!KSampleGolden.TryAnswer(golden, comparison)) { continue; }
            answered++;
            Assert.Empty(comparison.Faults);
            Assert.True(comparison.Compared > 0);
        }
        Assert.True(answered > 0);
    }

    [Fact]
    public void All_equal_values_cannot_be_told_apart()
    {
        ReadOnlyMemory<double>[] same = [new double[] { 2, 2, 2 }, new double[] { 2, 2 }, new double[] { 2 }];
        Assert.Equal(double.NaN, AndersonDarling.KSample(same).PValue);
        Assert.Equal(double.NaN, KruskalWallis.Test(same).PValue);
    }

    [Fact]
    public void The_order_of_samples_and_of_values_does_not_matter()
    {
        double[] a = [3, 1, 4, 1, 5, 9, 2, 6], b = [5, 3, 5, 8, 9, 7], c = [9, 3, 2, 3, 8];
        var one = AndersonDarling.KSample([a, b, c]);
        var other = AndersonDarling.KSample([c.Reverse().ToArray(), a, b]);
        Assert.Equal(one.Statistic, other.Statistic, 1e-12);
        Assert.Equal(KruskalWallis.Test([a, b, c]).Statistic, KruskalWallis.Test([b, c, a]).Statistic, 1e-12);
    }

    [Fact]
    public void Of_two_samples_Kruskal_and_Wallis_ask_what_Mann_and_Whitney_do()
    {
        double[] a = [3, 1, 4, 1, 5, 9, 2, 6], b = [5, 3, 5, 8, 9, 7];
        double mannWhitney = MannWhitney.Test(a, b, method: MannWhitneyMethod.Asymptotic, continuity: false).PValue;
        Assert.Equal(mannWhitney, KruskalWallis.Test([a, b]).PValue, 1e-12);
    }

    [Fact]
    public void Critical_values_are_those_of_the_table() =>
        Assert.Equal([.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546], AndersonDarling.CriticalValues(2).Select(value => Math.Round(value, 9)));

    [Fact]
    public void One_sample_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AndersonDarling.KSample([new double[] { 1, 2 }]));
        Assert.Throws<ArgumentException>(() => KruskalWallis.Test([new double[] { 1, 2 }]));
        Assert.Throws<ArgumentException>(() => AndersonDarling.CriticalValues(1));
    }
}
