using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Experiments;

namespace Bellwether.Statistics.Tests.Experiments;

public sealed class BettingTestTests
{
    [Theory, InlineData(BettingRule.PredictablePlugIn), InlineData(BettingRule.GrowthRate), InlineData(BettingRule.FixedStakes)]
    public void Mirrored_values_and_sides_give_the_same_wealth(BettingRule rule)
    {
        var chance = new SplitMix64(1);
        var up = new BettingTest(new BettingTestOptions(.3, Alternative.Greater, Rule: rule));
        var down = new BettingTest(new BettingTestOptions(.7, Alternative.Less, Rule: rule));
        for (int i = 0; i < 500; i++)
        {
            double x = chance.NextDouble();
            up.Update(x);
            down.Update(1 - x);
        }
        Assert.Equal(up.LogWealth, down.LogWealth, 1e-9);
    }

    [Theory, InlineData(BettingRule.PredictablePlugIn), InlineData(BettingRule.GrowthRate), InlineData(BettingRule.FixedStakes)]
    public void Scale_and_shift_do_not_matter(BettingRule rule)
    {
        var chance = new SplitMix64(2);
        var plain = new BettingTest(new BettingTestOptions(.25, Rule: rule));
        var moved = new BettingTest(new BettingTestOptions(-.5, Lowest: -1, Highest: 1, Rule: rule));
        for (int i = 0; i < 300; i++)
        {
            double x = chance.NextDouble();
            plain.Update(x);
            moved.Update(2 * x - 1);
        }
        Assert.Equal(plain.LogWealth, moved.LogWealth, 1e-9);
    }

    [Fact] // the canary of the design: failures at most 1.2 %, wrong rollback in at most one of a hundred
    public void A_bad_canary_is_rolled_back_fast_and_a_good_one_hardly_ever()
    {
        var options = new BettingTestOptions(.012, Alternative.Greater, Alpha: .01, Rule: BettingRule.FixedStakes);
        int wrong = 0;
        List<int> delays = [];
        for (ulong run = 0; run < 200; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(8, run));
            var good = new BettingTest(options);
            for (int i = 0; i < 5_000 && !good.Rejected; i++) { good.Update(chance.NextDouble() < .01 ? 1 : 0); }
            wrong += good.Rejected ? 1 : 0;
            var bad = new BettingTest(options);
            while (!bad.Rejected) { bad.Update(chance.NextDouble() < .05 ? 1 : 0); }
            delays.Add((int)bad.Count);
        }
        delays.Sort();
        Assert.InRange(wrong, 0, 5);
        Assert.InRange(delays[100], 80, 250);
    }

    [Fact]
    public void A_mean_at_a_bound_cannot_be_tested()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingTest(new BettingTestOptions(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingTest(new BettingTestOptions(double.NaN)));
        Assert.Throws<ArgumentException>(() => new BettingTest(new BettingTestOptions(.5, Lowest: 1, Highest: 0)));
    }
}
