using System.Globalization;
using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Sketches;

namespace Bellwether.Statistics.Tests.Sketches;

/// <summary>What holds for every sketch of numbers.</summary>
public sealed class SketchContractTests
{
    private static readonly Dictionary<string, Sketch> Kinds = new()
    {
        ["quantiles"] = Sketch.Of(
            () => new KllSketch(64, 3), (s, x) => s.Update(x), (s, o) => s.Merge(o), s => s.ToBytes(), b => KllSketch.FromBytes(b), s => s.Count),
        ["distinct count"] = Sketch.Of(
            () => new HyperLogLog(8), (s, x) => s.Update(x), (s, o) => s.Merge(o), s => s.ToBytes(), b => HyperLogLog.FromBytes(b), s => s.Estimate),
        ["frequent numbers"] = Sketch.Of(
            () => new FrequentNumbers(16), (s, x) => s.Update(Math.Round(x, 1)), (s, o) => s.Merge(o), s => s.ToBytes(),
            b => FrequentNumbers.FromBytes(b), s => s.Count),
        ["frequent texts"] = Sketch.Of(
            () => new FrequentTexts(16),
            (s, x) => s.Update(double.IsNaN(x) ? throw new ArgumentOutOfRangeException(nameof(x)) : x.ToString("F1", CultureInfo.InvariantCulture)),
            (s, o) => s.Merge(o), s => s.ToBytes(), b => FrequentTexts.FromBytes(b), s => s.Count),
        ["moments"] = Sketch.Of(
            () => new Moments(), (s, x) => s.Update(x), (s, o) => s.Merge(o), s => s.ToBytes(), b => Moments.FromBytes(b), s => s.Count),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Empty_it_counts_nothing_and_survives_as_bytes(string name)
    {
        object empty = Kinds[name].New();
        Assert.Equal(0, Kinds[name].Count(empty));
        Assert.Equal(Kinds[name].ToBytes(empty), Kinds[name].ToBytes(Kinds[name].FromBytes(Kinds[name].ToBytes(empty))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Resumed_from_bytes_it_goes_on_alike(string name)
    {
        var kind = Kinds[name];
        var chance = new SplitMix64(1);
        object sketch = kind.New();
        for (int i = 0; i < 3_000; i++)
        {
            double x = i < 20 ? 5 : chance.NextNormal();
            if (i < 300 || i % 97 == 0)
            {
                object resumed = kind.FromBytes(kind.ToBytes(sketch));
                kind.Update(resumed, x);
                kind.Update(sketch, x);
                Assert.Equal(kind.ToBytes(sketch), kind.ToBytes(resumed));
            }
            else
            {
                kind.Update(sketch, x);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_stream_gives_the_same_bytes(string name)
    {
        var kind = Kinds[name];
        object a = Filled(kind, 2, 5_000), b = Filled(kind, 2, 5_000);
        Assert.Equal(kind.ToBytes(a), kind.ToBytes(b));
    }

    [Theory, MemberData(nameof(Names))]
    public void Merging_an_empty_one_changes_nothing_and_merged_ones_count_both(string name)
    {
        var kind = Kinds[name];
        object sketch = Filled(kind, 3, 4_000);
        byte[] before = kind.ToBytes(sketch);
        kind.Merge(sketch, kind.New());
        Assert.Equal(before, kind.ToBytes(sketch));
        object other = Filled(kind, 4, 3_000);
        double apart = kind.Count(sketch) + kind.Count(other);
        kind.Merge(sketch, other);
        Assert.InRange(kind.Count(sketch), name == "distinct count" ? apart * .8 : apart, name == "distinct count" ? apart * 1.2 : apart);
        Assert.Equal(kind.ToBytes(sketch), kind.ToBytes(kind.FromBytes(kind.ToBytes(sketch))));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_no_number_is_refused_and_leaves_no_trace(string name)
    {
        var kind = Kinds[name];
        object sketch = Filled(kind, 5, 100);
        byte[] before = kind.ToBytes(sketch);
        Assert.ThrowsAny<ArgumentException>(() => kind.Update(sketch, double.NaN));
        Assert.Equal(before, kind.ToBytes(sketch));
    }

    [Theory, MemberData(nameof(Names))]
    public void Damaged_bytes_are_refused(string name)
    {
        var kind = Kinds[name];
        byte[] bytes = kind.ToBytes(Filled(kind, 6, 1_000));
        Assert.Throws<InvalidDataException>(() => kind.FromBytes([]));
        Assert.Throws<InvalidDataException>(() => kind.FromBytes([77, .. bytes.AsSpan(1)]));
        Assert.Throws<InvalidDataException>(() => kind.FromBytes([.. bytes, 0]));
        for (int length = 1; length < bytes.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => kind.FromBytes(bytes.AsSpan(0, length).ToArray()));
        }
    }

    private static object Filled(Sketch kind, ulong seed, int count)
    {
        var chance = new SplitMix64(seed);
        object sketch = kind.New();
        for (int i = 0; i < count; i++) { kind.Update(sketch, chance.NextNormal()); }
        return sketch;
    }

    private sealed record Sketch(
        Func<object> New,
        Action<object, double> Update,
        Action<object, object> Merge,
        Func<object, byte[]> ToBytes,
        Func<byte[], object> FromBytes,
        Func<object, double> Count)
    {
        public static Sketch Of<T>(
            Func<T> create, Action<T, double> update, Action<T, T> merge, Func<T, byte[]> write, Func<byte[], T> read, Func<T, double> count)
            where T : notnull =>
            new(
                () => create(), (s, x) => update((T)s, x), (s, o) => merge((T)s, (T)o), s => write((T)s), b => read(b), s => count((T)s));
    }
}
