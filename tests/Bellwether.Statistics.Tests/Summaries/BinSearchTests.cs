using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Summaries;

public sealed class BinSearchTests
{
    private static readonly double[] Odd =
    [
        double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, -0.0, 0, double.Epsilon, 2.2250738585072014e-308, 1, double.MaxValue,
        double.PositiveInfinity,
    ];

    private static readonly Gen<double> Number =
        Gen.OneOf(Gen.OneOf(Odd), Gen.Double[-2, 2], Gen.Double.Where(value => !double.IsNaN(value)), Gen.Int[-3, 3].Select(i => (double)i));

    /// <summary>Values among the edges, at them and right beside them.</summary>
    private static readonly Gen<(double[] Edges, double[] Values)> Cases = Number.Array[0, ColumnSchema.MostEdges].SelectMany(drawn =>
    {
        double[] edges = [.. drawn.Select(edge => edge + 0.0).Distinct().Order()];
        double[] beside = [.. edges.SelectMany(edge => new[] { edge, Math.BitIncrement(edge), Math.BitDecrement(edge) }), .. Odd];
        return Gen.OneOf(Number, Gen.OneOf(beside)).Array[0, 70].Select(values => (edges, values));
    });

    [Fact] // property: the definition
    public void A_bin_is_the_number_of_edges_below_the_value() => Cases.Sample(drawn =>
    {
        var search = new BinSearch(drawn.Edges);
        byte[] bins = new byte[drawn.Values.Length];
        search.Of(drawn.Values, bins);
        return drawn.Values.Select((value, i) => (Expected: drawn.Edges.Count(edge => edge < value), Found: bins[i], One: search.Of(value)))
            .All(bin => bin.Expected == bin.Found && bin.Expected == bin.One);
    });

    [Fact] // property
    public void Counting_skips_what_is_no_number() => Gen.Select(Cases, Gen.Int[0, 70]).Sample((drawn, at) =>
    {
        double[] values = [.. drawn.Values];
        if (at < values.Length) { values[at] = double.NaN; }
        long[] counts = new long[64], expected = new long[64];
        foreach (double value in values.Where(value => !double.IsNaN(value))) { expected[drawn.Edges.Count(edge => edge < value)]++; }
        return BinCounter.Add(new BinSearch(drawn.Edges), values, counts) == (at < values.Length ? 1 : 0) && counts.SequenceEqual(expected)
            && BinCounter.HasNaN(values) == at < values.Length;
    });

    [Fact] // property: many at once = one by one, to the bit, gaps included, whatever the scale of the reference
    public void A_batch_folds_to_the_same_bytes_as_its_rows() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 900], Gen.Int[-320, 300], Gen.Int[0, 3]).Sample((seed, rows, decade, gaps) =>
        {
            var chance = new SplitMix64(seed);
            double scale = Math.Pow(10, decade);
            double[] reference = [.. Enumerable.Range(0, 300).Select(_ => scale * (3 + chance.NextNormal()))];
            var schema = new BinSchema([ColumnSchema.FitNumeric("x", reference)], null);
            double[] values = new double[rows];
            byte[] states = new byte[rows];
            for (int i = 0; i < rows; i++)
            {
                values[i] = chance.NextInt(10) switch
                {
                    0 => Odd[chance.NextInt(Odd.Length)],
                    1 => reference[chance.NextInt(reference.Length)],
                    2 when gaps > 1 => double.NaN,
                    3 => scale * 1e9 * chance.NextNormal(),
                    _ => scale * (3 + chance.NextNormal()),
                };
                states[i] = gaps == 0 ? (byte)0 : (byte)Math.Max(0, chance.NextInt(12) - 9);
            }
            WindowSummary batch = new(schema), single = new(schema);
            batch.AddNumeric(0, values, states);
            for (int i = 0; i < rows; i++) { single.AddNumeric(0, values.AsSpan(i, 1), states.AsSpan(i, 1)); }
            return batch.ToBytes().AsSpan().SequenceEqual(single.ToBytes()) && batch.Columns[0].Bins.SequenceEqual(single.Columns[0].Bins);
        }, iter: 400);

    [Fact]
    public void Only_a_numeric_column_is_counted()
    {
        var numeric = ColumnSchema.FitNumeric("x", [1, 2, 3]);
        var text = ColumnSchema.FitCategorical("c", new Dictionary<string, long> { ["a"] = 1 });
        long[] counts = new long[numeric.BinCount];
        Assert.Equal(1, numeric.CountBins([0, 1, 2.5, double.NaN, 9], counts));
        Assert.Equal(4, counts.Sum());
        Assert.Throws<ArgumentException>(() => numeric.CountBins([1], new long[1]));
        Assert.Throws<ArgumentException>(() => text.CountBins([1], new long[text.BinCount]));
    }
}
