using Bellwether.Statistics.Chance;
using Bellwether.Statistics.MultipleTesting;

namespace Bellwether.Statistics.Tests.MultipleTesting;

public sealed class LordPlusPlusTests
{
    private static double Gamma(int j) => 0.07720838 * Math.Log(Math.Max(j, 2)) / (j * Math.Exp(Math.Sqrt(Math.Log(j))));

    [Fact]
    public void Levels_follow_the_paper()
    {
        var test = new LordPlusPlus(new LordPlusPlusOptions(.05));
        const double wealth = .005;
        Assert.Equal(Gamma(1) * wealth, test.NextLevel, 1e-18);
        Assert.True(test.Update(1e-7));
        Assert.Equal(Gamma(2) * wealth + (.05 - wealth) * Gamma(1), test.NextLevel, 1e-18);
        Assert.False(test.Update(.1));
        Assert.True(test.Update(.00025));
        Assert.Equal(Gamma(4) * wealth + (.05 - wealth) * Gamma(3) + .05 * Gamma(1), test.NextLevel, 1e-18);
        Assert.Equal((3, 2), (test.Count, test.Rejections));
    }

    [Fact]
    public void A_resumed_test_goes_on_alike_from_every_index()
    {
        var chance = new SplitMix64(3);
        var test = new LordPlusPlus(new LordPlusPlusOptions(.1, .05));
        for (int i = 0; i < 200; i++)
        {
            double p = i % 7 == 0 ? chance.NextDouble() * 1e-4 : chance.NextDouble();
            var resumed = LordPlusPlus.FromBytes(test.ToBytes());
            Assert.Equal(test.NextLevel, resumed.NextLevel);
            Assert.Equal(test.Update(p), resumed.Update(p));
            Assert.Equal(test.ToBytes(), resumed.ToBytes());
        }
    }

    [Fact] // calibration
    public void The_share_of_false_rejections_stays_below_the_level()
    {
        var chance = new SplitMix64(11);
        double share = 0;
        const int runs = 300;
        for (int run = 0; run < runs; run++)
        {
            var test = new LordPlusPlus(new LordPlusPlusOptions(.1));
            int wrong = 0;
            for (int i = 0; i < 300; i++)
            {
                bool isTrueNull = chance.NextInt(5) > 0;
                if (test.Update(isTrueNull ? chance.NextDouble() : chance.NextDouble() * 1e-5) && isTrueNull) { wrong++; }
            }
            Assert.True(test.Rejections > 20);
            share += wrong / (double)test.Rejections / runs;
        }
        Assert.InRange(share, 0, .1);
    }

    [Fact]
    public void What_is_no_p_value_is_refused_and_does_not_count()
    {
        var test = new LordPlusPlus(new LordPlusPlusOptions());
        foreach (double bad in (double[])[double.NaN, -.1, 1.1]) { Assert.Throws<ArgumentOutOfRangeException>(() => test.Update(bad)); }
        Assert.Equal(0, test.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LordPlusPlus(new LordPlusPlusOptions(.05, .06)));
        Assert.Throws<InvalidDataException>(() => LordPlusPlus.FromBytes([1, 2, 3]));
    }
}
