using System.Text;
using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Sketches;
using CsCheck;

namespace Bellwether.Statistics.Tests.Sketches;

public sealed class DistinctAndFrequentTests
{
    [Theory] // the test vectors of the hash's authors
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void The_hash_is_the_published_one(string text, ulong expected) => Assert.Equal(expected, XxHash64.Of(Encoding.UTF8.GetBytes(text)));

    [Fact] // property
    public void Eight_bytes_have_one_hash_either_way() =>
        Gen.ULong.Sample(bits => XxHash64.Of(bits) == XxHash64.Of((ReadOnlySpan<byte>)BitConverter.GetBytes(bits)));

    [Theory, InlineData(10), InlineData(300), InlineData(5_000), InlineData(200_000)] // calibration of the stated error at every size
    public void The_distinct_count_has_the_stated_error(int distinct)
    {
        const int runs = 40;
        double squares = 0, bias = 0;
        for (ulong run = 0; run < runs; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(13, run));
            var sketch = new HyperLogLog(10);
            for (int i = 0; i < distinct; i++) { sketch.Update(BitConverter.UInt64BitsToDouble(chance.Next() >> 2)); }
            double error = sketch.Estimate / distinct - 1;
            squares += error * error / runs;
            bias += error / runs;
        }
        double stated = new HyperLogLog(10).RelativeError;
        Assert.InRange(Math.Sqrt(squares), 0, 1.35 * stated);
        Assert.InRange(Math.Abs(bias), 0, 4 * stated / Math.Sqrt(runs));
    }

    [Fact] // property: merge = concatenation, order and repeats do not matter
    public void Merged_sketches_are_the_sketch_of_both_streams() => Gen.Select(Gen.Int[0, 500].Array, Gen.Int[0, 500].Array).Sample((a, b) =>
    {
        HyperLogLog one = new(6), two = new(6), both = new(6);
        foreach (int x in a) { one.Update(x); }
        foreach (int x in b) { two.Update(x); }
        foreach (int x in b.Concat(a).Concat(b)) { both.Update(x); }
        one.Merge(two);
        return one.ToBytes().AsSpan().SequenceEqual(both.ToBytes());
    });

    [Fact]
    public void A_text_and_its_bytes_are_one_value_and_zero_has_no_sign()
    {
        var sketch = new HyperLogLog();
        string[] texts = ["", "é", "<b>", new string('x', 1_000), "日本"];
        foreach (string text in texts)
        {
            sketch.Update(text);
            sketch.UpdateUtf8(Encoding.UTF8.GetBytes(text));
        }
        Assert.Equal(texts.Length, sketch.Estimate, .1);
        var zero = new HyperLogLog();
        zero.Update(0);
        byte[] before = zero.ToBytes();
        zero.Update(-0.0);
        Assert.Equal(before, zero.ToBytes());
        Assert.Throws<ArgumentException>(() => zero.Merge(new HyperLogLog(11)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperLogLog(3));
    }

    [Fact] // property: the bounds are certain, also after merges
    public void Bounds_hold_the_true_counts() =>
        Gen.Select(Gen.Int[0, 60].Array[0, 800], Gen.Int[0, 200].Array[0, 800], Gen.Int[1, 12]).Sample((a, b, capacity) =>
        {
            FrequentNumbers one = new(capacity), two = new(capacity);
            foreach (int x in a) { one.Update(x * x / 60); }
            foreach (int x in b) { two.Update(x * x / 200, weight: 3); }
            one.Merge(two);
            var truth = a.Select(x => (Item: (double)(x * x / 60), Weight: 1L)).Concat(b.Select(x => (Item: (double)(x * x / 200), Weight: 3L)))
                .GroupBy(pair => pair.Item).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Weight));
            return one.Count == truth.Values.Sum()
                && one.Error <= one.Count / (capacity + 1)
                && truth.All(pair => one.Of(pair.Key) is var found && found.AtLeast <= pair.Value && pair.Value <= found.AtMost)
                && truth.Where(pair => pair.Value > one.Count / (double)(capacity + 1)).All(pair => one.Items().Any(item => item.Item == pair.Key));
        });

    [Fact]
    public void Few_texts_are_counted_exactly_and_listed_in_order()
    {
        var texts = new FrequentTexts(4);
        foreach (string text in (string[])["b", "a", "c", "b", "a", "b"]) { texts.Update(text.AsSpan()); }
        texts.Update("a");
        Assert.Equal([new("a", 3, 3), new("b", 3, 3), new FrequentItem<string>("c", 1, 1)], texts.Items());
        Assert.Equal(new FrequentItem<string>("never", 0, 0), texts.Of("never"));
        Assert.Equal((7, 3, 0), (texts.Count, texts.Held, texts.Error));
        Assert.Throws<ArgumentOutOfRangeException>(() => texts.Update("a", 0));
        Assert.Throws<ArgumentException>(() => texts.Merge(new FrequentTexts(5)));
    }

    [Fact] // property: merge = concatenation up to rounding
    public void Moments_do_not_care_where_the_stream_was_cut() => Gen.Double[-1e6, 1e6].Array[1, 200].Sample(values =>
    {
        Moments whole = new(), first = new(), rest = new();
        for (int i = 0; i < values.Length; i++)
        {
            whole.Update(1e9 + values[i]);
            (i < values.Length / 3 ? first : rest).Update(1e9 + values[i]);
        }
        first.Merge(rest);
        double mean = values.Average(), variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        return first.Count == whole.Count && Math.Abs(first.Mean - whole.Mean) <= 1e-15 * Math.Abs(whole.Mean)
            && Math.Abs(whole.PopulationVariance - variance) <= 1e-9 * variance + 1e-6
            && Math.Abs(first.PopulationVariance - variance) <= 1e-9 * variance + 1e-6
            && first.Minimum == whole.Minimum && first.Maximum == whole.Maximum;
    });
}
