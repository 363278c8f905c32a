using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Experiments;

namespace Bellwether.Statistics.Tests.Experiments;

public sealed class SampleRatioTestTests
{
    [Fact]
    public void Evidence_is_the_product_of_predictions_over_the_configured_shares()
    {
        double[] shares = [.5, .3, .2];
        var test = new SampleRatioTest(new SampleRatioTestOptions(shares, 50));
        var chance = new SplitMix64(1);
        double log = 0;
        for (int i = 0; i < 500; i++)
        {
            int arm = chance.NextInt(3);
            log += Math.Log((50 * shares[arm] + test.Counts[arm]) / (50 + test.Count) / shares[arm]);
            Assert.Equal(log, test.Update(arm), 1e-9);
        }
    }

    [Fact]
    public void The_order_of_units_does_not_matter_and_a_batch_is_one_look()
    {
        var one = new SampleRatioTest(new SampleRatioTestOptions([.5, .5]));
        var batch = new SampleRatioTest(new SampleRatioTestOptions([.5, .5]));
        for (int i = 0; i < 100; i++) { one.Update(i < 60 ? 0 : 1); }
        batch.Update([60, 40]);
        Assert.Equal(one.LogEvidence, batch.LogEvidence);
        Assert.True(one.PValue <= batch.PValue);
    }

    [Fact] // calibration
    public void A_right_split_is_seldom_suspected_and_a_wrong_one_found()
    {
        int wrong = 0;
        for (ulong run = 0; run < 300; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(12, run));
            var test = new SampleRatioTest(new SampleRatioTestOptions([.9, .1], 100));
            for (int i = 0; i < 1_000; i++) { test.Update(chance.NextDouble() < .9 ? 0 : 1); }
            wrong += test.PValue <= .05 ? 1 : 0;
        }
        Assert.InRange(wrong, 0, 26);
        var broken = new SampleRatioTest(new SampleRatioTestOptions([.5, .5]));
        broken.Update([50_000, 48_000]);
        Assert.True(broken.LogEvidence > Math.Log(1_000));
    }

    [Fact]
    public void A_resumed_test_goes_on_alike()
    {
        var test = new SampleRatioTest(new SampleRatioTestOptions([.2, .8]));
        for (int i = 0; i < 100; i++)
        {
            var resumed = SampleRatioTest.FromBytes(test.ToBytes());
            Assert.Equal(test.Update(i % 3 == 0 ? 0 : 1), resumed.Update(i % 3 == 0 ? 0 : 1));
            Assert.Equal(test.ToBytes(), resumed.ToBytes());
        }
        Assert.Throws<InvalidDataException>(() => SampleRatioTest.FromBytes(test.ToBytes().AsSpan(1)));
    }

    [Fact]
    public void Shares_that_are_no_split_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SampleRatioTest(new SampleRatioTestOptions([1])));
        Assert.Throws<ArgumentException>(() => new SampleRatioTest(new SampleRatioTestOptions([.5, .6])));
        Assert.Throws<ArgumentException>(() => new SampleRatioTest(new SampleRatioTestOptions([double.NaN, .5])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleRatioTest(new SampleRatioTestOptions([.5, .5])).Update(2));
    }
}
