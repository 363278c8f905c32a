using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Detectors;
using CsCheck;

namespace Bellwether.Statistics.Tests.Detectors;

public sealed class KswinTests
{
    [Fact] // Python 3: random.Random(seed).sample(range(population), count), twice in a row.
    public void Draws_what_Python_draws()
    {
        int[] drawn = new int[30];
        var chance = new PythonRandom(42);
        chance.Sample(70, drawn);
        Assert.Equal([14, 3, 35, 31, 28, 17, 13, 43, 47, 57, 34, 5, 37, 27, 2, 1, 58, 63, 69, 32, 38, 54, 67, 12, 45, 41, 59, 26, 51, 65], drawn);
        chance.Sample(70, drawn);
        Assert.Equal([35, 0, 20, 54, 43, 69, 19, 13, 61, 48, 21, 6, 5, 24, 58, 22, 66, 38, 16, 2, 46, 29, 34, 7, 56, 57, 64, 18, 40, 39], drawn);

        // A population larger than the pool, and a seed of two words.
        new PythonRandom(123456789012345).Sample(400, drawn.AsSpan(0, 10));
        Assert.Equal([345, 112, 149, 210, 115, 399, 268, 58, 317, 347], drawn[..10]);
    }

    [Theory] // River 0.19's class run on Python's own generator, with an exact rational p-value.
    [InlineData(42, 100, new[] { 775, 1235, 1338, 1527 })]
    [InlineData(7, 100, new[] { 371, 773, 1524, 1685 })]
    [InlineData(3, 300, new[] { 812, 1250, 1550 })]
    public void Alarms_where_River_does(long seed, int window, int[] expected)
    {
        var chance = new SplitMix64(2001);
        var detector = new Kswin(new KswinOptions(Window: window, Seed: seed, Compatibility: Compatibility.River));
        var drifts = new List<int>();
        for (int i = 0; i < 3000; i++)
        {
            if (detector.Update(chance.NextNormal() + (i < 1500 ? 0 : 1)) == DetectorState.Drift) { drifts.Add(i); }
        }
        Assert.Equal(expected, drifts);
    }

    [Fact]
    public void The_exact_tail_is_the_share_of_all_orders() => Gen.Select(Gen.Int[1, 7], Gen.Int[1, 7], Gen.Int[0, 50]).Sample((n, m, distance) =>
    {
        int reaching = 0, orders = 0;
        for (int mask = 0; mask < 1 << (n + m); mask++)
        {
            if (int.PopCount(mask) != n) { continue; }
            orders++;
            int i = 0, greatest = 0;
            for (int at = 0; at < n + m; at++)
            {
                i += mask >> at & 1;
                greatest = Math.Max(greatest, Math.Abs(i * m - (at + 1 - i) * n));
            }
            if (greatest >= distance) { reaching++; }
        }
        Assert.Equal((double)reaching / orders, LatticePaths.TailProbability(n, m, distance), 1e-12);
    }, iter: 100);

    [Fact]
    public void The_critical_distance_is_the_least_that_is_significant() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[1e-6, .5]).Sample((n, m, level) =>
    {
        long critical = LatticePaths.CriticalDistance(n, m, level);
        Assert.True(critical > (long)n * m || LatticePaths.TailProbability(n, m, critical) <= level);
        Assert.True(LatticePaths.TailProbability(n, m, critical - 1) > level);
    }, iter: 50);

    [Fact] // p-values of discrete, continuous and tied streams on null data
    public void P_values_are_super_uniform_without_a_change()
    {
        foreach (double ties in (double[])[0, 2])
        {
            var chance = new SplitMix64(17);
            var detector = new Kswin(new KswinOptions(1e-300, 130, 50, 130));
            var ps = new List<double>();
            for (int i = 1; ps.Count < 2000; i++)
            {
                double value = chance.NextNormal();
                detector.Update(ties == 0 ? value : Math.Round(value * ties));
                if (i % 130 == 0) { ps.Add(detector.PValue); } // One test a window, so that tests share no value.
            }
            ps.Sort();
            for (int i = 0; i < ps.Count; i++) { Assert.True(ps[i] >= (i + 1.0) / ps.Count - 1.95 / Math.Sqrt(2000), $"{ps[i]} at {i}"); }
        }
    }

    [Fact]
    public void Sees_a_change_of_spread_alone()
    {
        var chance = new SplitMix64(23);
        var detector = new Kswin(new KswinOptions(1e-5, 400, 100));
        var states = new DetectorState[1200];
        detector.Update([.. Enumerable.Range(0, 1200).Select(i => chance.NextNormal() * (i < 600 ? 1 : 6))], states);
        Assert.InRange(Array.IndexOf(states, DetectorState.Drift), 600, 700);
    }
}
