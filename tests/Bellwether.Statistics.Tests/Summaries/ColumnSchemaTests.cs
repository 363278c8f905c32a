using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Summaries;

public sealed class ColumnSchemaTests
{
    [Fact] // property: any reference, infinities and ties included
    public void Edges_ascend_and_hold_the_cuts_and_ends() =>
        Gen.OneOf(Gen.Double[-3, 3], Gen.Int[-3, 3].Select(i => i / 2.0), Gen.OneOf(double.NaN, double.PositiveInfinity, 1e308, -1e308))
            .Array[0, 300].Sample(values =>
            {
                var schema = ColumnSchema.FitNumeric("x", values);
                double[] seen = [.. values.Where(x => !double.IsNaN(x))];
                return schema.Edges.Length <= ColumnSchema.MostEdges
                    && schema.Edges.Zip(schema.Edges.Skip(1)).All(pair => pair.First < pair.Second)
                    && schema.Cuts.All(cut => cut < schema.Edges.Length)
                    && (seen.Length == 0 || (schema.Edges.Contains(seen.Min()) && schema.Edges[^1] == seen.Max()))
                    && schema.ReferenceBins.Sum() == seen.Length;
            });

    [Fact] // property
    public void A_schema_read_back_has_the_same_id() => Gen.Double[-1e6, 1e6].Array[0, 100].Sample(values =>
    {
        var schema = new BinSchema([ColumnSchema.FitNumeric("x", values), SummaryGen.Schema.Columns[1]], values.Length);
        return BinSchema.FromBytes(schema.ToBytes()).Id == schema.Id && schema.Id.Length == 16;
    });

    [Fact]
    public void A_large_continuous_reference_fills_its_bins_evenly()
    {
        var schema = SummaryGen.Schema.Columns[0];
        Assert.Equal(ColumnSchema.MostEdges, schema.Edges.Length);
        Assert.Equal(13, schema.EventCount);
        Assert.Equal(9, schema.Deciles.Length);
        Assert.Equal(1 - 20, schema.UnitExponent); // ⌊log2 3⌋ − 20
        Assert.All(schema.ReferenceBins, count => Assert.InRange(count, 0, 100));
    }

    [Fact]
    public void A_constant_column_is_watched_at_its_value()
    {
        var schema = ColumnSchema.FitNumeric("flag", [5, 5, 5, double.NaN]);
        Assert.Equal([5.0], schema.Edges);
        Assert.Equal("flag ≤ 5", schema.EventName(0));
        Assert.Equal((5.0, 0.0, .25), (schema.Mean, schema.Sigma, schema.NullShare));
    }

    [Fact]
    public void A_column_without_values_has_no_events() => Assert.Equal(0, ColumnSchema.FitNumeric("x", [double.NaN]).EventCount);

    [Fact]
    public void A_column_of_few_values_has_a_bin_for_each() =>
        Assert.Equal([1.0, 2, 3, 4], ColumnSchema.FitNumeric("stars", [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4]).Edges.Where(edge => edge == Math.Floor(edge)));

    [Fact]
    public void Categories_beyond_the_kept_are_other_and_new_ones_unseen()
    {
        var counts = Enumerable.Range(0, 300).ToDictionary(i => $"c{i:000}", i => 1_000L - i);
        var window = new WindowSummary(new BinSchema([ColumnSchema.FitCategorical("code", counts)], null));
        window.AddText(0, ["c000", "c040", "c299", "new", null], new byte[5]);
        var schema = window.Columns[0].Schema;
        long[] events = new long[schema.EventCount];
        schema.Events(window.Columns[0], events);
        Assert.Equal(33, events.Length);
        Assert.Equal(("code = c000", "other", "unseen"), (schema.EventName(0), schema.EventName(31), schema.EventName(32)));
        Assert.Equal((1, 2, 1), (events[0], events[31], events[32])); // c040 has a bin, but no event.
        Assert.Equal(1, window.Columns[0].Nulls);
    }

    [Fact]
    public void A_column_with_no_end_of_names_never_calls_one_unseen()
    {
        var schema = ColumnSchema.FitCategorical("id", Enumerable.Range(0, 11_000).ToDictionary(i => $"{i}", _ => 1L));
        Assert.Equal(ColumnSchema.MostOtherNames, schema.Others.Length);
        Assert.Equal(schema.BinCount - 2, schema.BinOf("new"));
    }
}
