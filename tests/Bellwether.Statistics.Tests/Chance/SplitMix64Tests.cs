using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Tests.Chance;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Bits_of_seed_one_are_the_published_ones()
    {
        var chance = new SplitMix64(1);
        Assert.Equal([0x910a2dec89025cc1, 0xbeeb8da1658eec67, 0xf893a2eefb32555e], [chance.Next(), chance.Next(), chance.Next()]);
    }

    [Fact]
    public void Uniforms_of_seed_one_are_the_published_ones()
    {
        var chance = new SplitMix64(1);
        Assert.Equal(
            [0.5665615751722809, 0.7457817572627011, 0.9710027535867962], [chance.NextDouble(), chance.NextDouble(), chance.NextDouble()]);
    }

    [Fact]
    public void The_first_normal_of_seed_one_is_the_published_one() => Assert.Equal(1.4243480905156511, new SplitMix64(1).NextNormal());

    [Fact]
    public void Integers_fall_evenly_below_their_bound()
    {
        var chance = new SplitMix64(7);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) { counts[chance.NextInt(6)]++; }
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400)); // Four standard deviations.
    }

    [Fact]
    public void A_bound_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(1).NextInt(0));

    [Fact]
    public void Seeds_depend_on_each_part_and_their_order()
    {
        ulong[] seeds = [SplitMix64.SeedFrom(1, 2), SplitMix64.SeedFrom(2, 1), SplitMix64.SeedFrom(1), SplitMix64.SeedFrom(1, 2, 0)];
        Assert.Equal(4, seeds.Distinct().Count());
        Assert.Equal(seeds[0], SplitMix64.SeedFrom(1, 2));
    }
}
