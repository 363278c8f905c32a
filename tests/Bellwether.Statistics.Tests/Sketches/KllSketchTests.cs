using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Sketches;
using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Sketches;

public sealed class KllSketchTests
{
    private static readonly double[] Shares = [.01, .05, .25, .5, .75, .95, .99];

    [Fact] // property
    public void A_short_stream_is_answered_exactly() => Gen.Select(Gen.Double.Array[1, 64], Gen.Double[0, 1]).Sample((values, q) =>
    {
        double[] numbers = [.. values.Where(value => !double.IsNaN(value)).Append(3)];
        var sketch = new KllSketch(65);
        sketch.Update(numbers);
        double[] sorted = [.. numbers.Order()];
        double quantile = sketch.Quantile(q);
        return quantile == Quantile.LowerRank(sorted, q) && sketch.RankError == 0
            && sketch.Rank(quantile) == sorted.Count(value => value <= quantile) / (double)sorted.Length;
    });

    [Fact] // property
    public void Weights_are_kept_and_ranks_rise() => Gen.Select(Gen.Double[-9, 9].Array[0, 3_000], Gen.Int[8, 40], Gen.ULong).Sample((values, size, seed) =>
    {
        var sketch = new KllSketch(size, seed);
        sketch.Update(values);
        double[] ranks = [.. Enumerable.Range(-10, 21).Select(x => values.Length == 0 ? 1 : sketch.Rank(x))];
        return KllSketch.FromBytes(sketch.ToBytes()).Count == values.Length
            && ranks.Zip(ranks.Skip(1)).All(pair => pair.First <= pair.Second) && ranks[^1] == 1
            && (values.Length == 0 || (sketch.Quantile(0) == values.Min() && sketch.Quantile(1) == values.Max()));
    }, iter: 200);

    [Theory, InlineData(50), InlineData(200)] // calibration of the stated error, 99 %
    public void Ranks_are_within_the_stated_error(int size)
    {
        const int runs = 150, n = 20_000;
        int beyondOne = 0, beyondCurve = 0;
        for (ulong run = 0; run < runs; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(9, run));
            var sketch = new KllSketch(size, run);
            for (int i = 0; i < n; i++) { sketch.Update(chance.NextDouble()); }
            // Ranks of uniforms are known up to √n noise, so regenerate and count.
            chance = new SplitMix64(SplitMix64.SeedFrom(9, run));
            int[] upTo = new int[Shares.Length];
            for (int i = 0; i < n; i++)
            {
                double value = chance.NextDouble();
                for (int j = 0; j < Shares.Length; j++) { upTo[j] += value <= Shares[j] ? 1 : 0; }
            }
            double[] errors = [.. Shares.Select((share, j) => Math.Abs(sketch.Rank(share) - upTo[j] / (double)n))];
            beyondOne += errors[3] > sketch.RankError ? 1 : 0;
            beyondCurve += errors.Max() > sketch.CurveError ? 1 : 0;
        }
        Assert.InRange(beyondOne, 0, 6);
        Assert.InRange(beyondCurve, 0, 6);
    }

    [Fact]
    public void Merged_in_pieces_the_error_stays_as_stated()
    {
        for (ulong run = 0; run < 20; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(10, run));
            var whole = new KllSketch(200, run);
            var all = new List<double>();
            for (int piece = 0; piece < 40; piece++)
            {
                var part = new KllSketch(200, SplitMix64.SeedFrom(run, (ulong)piece));
                int length = chance.NextInt(2_000);
                for (int i = 0; i < length; i++)
                {
                    all.Add(piece + chance.NextNormal());
                    part.Update(all[^1]);
                }
                whole.Merge(part);
            }
            all.Sort();
            Assert.Equal(all.Count, whole.Count);
            Assert.InRange(whole.Held, 1, 900);
            foreach (double q in Shares)
            {
                double value = Quantile.LowerRank([.. all], q);
                Assert.InRange(Math.Abs(whole.Rank(value) - all.Count(other => other <= value) / (double)all.Count), 0, whole.CurveError);
            }
        }
    }

    [Fact]
    public void Equal_values_infinities_and_no_values_have_their_answers()
    {
        var sketch = new KllSketch();
        Assert.True(double.IsNaN(sketch.Quantile(.5)) && double.IsNaN(sketch.Rank(0)));
        for (int i = 0; i < 5_000; i++) { sketch.Update(-0.0); }
        Assert.Equal((0, 0, 1), (sketch.Quantile(.3), sketch.Rank(-1), sketch.Rank(0)));
        sketch.Update([double.PositiveInfinity, double.NegativeInfinity]);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (sketch.Quantile(0), sketch.Quantile(1)));
        Assert.Throws<ArgumentException>(() => sketch.Update([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(1.1));
        Assert.Throws<ArgumentException>(() => sketch.Merge(new KllSketch(100)));
    }

    [Fact] // property
    public void The_merge_sort_sorts() => Gen.Double[-1e3, 1e3].Array[0, 700].Sample(values =>
    {
        double[] sorted = [.. values.Select(value => Math.Round(value) + 0.0)], expected = [.. sorted.Order()];
        MergeSort.Sort(sorted, new double[sorted.Length]);
        return sorted.SequenceEqual(expected);
    });
}
