using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Summaries;

public sealed class WindowSummaryTests
{
    [Fact] // property: any rows, cut anywhere
    public void Merging_two_parts_gives_the_bytes_of_the_whole() =>
        Gen.Select(SummaryGen.Row.Array[0, 40], SummaryGen.Row.Array[0, 40]).Sample((first, second) =>
        {
            var merged = SummaryGen.Fold(first);
            merged.Merge(SummaryGen.Fold(second));
            return merged.ToBytes().AsSpan().SequenceEqual(SummaryGen.Fold(first.Concat(second)).ToBytes());
        });

    [Fact] // property: any rows, in any order
    public void The_order_of_rows_does_not_change_a_byte() =>
        SummaryGen.Row.Array[0, 60].SelectMany(rows => Gen.Shuffle(rows).Select(shuffled => (rows, shuffled))).Sample((rows, shuffled) =>
            SummaryGen.Fold(rows).ToBytes().AsSpan().SequenceEqual(SummaryGen.Fold(shuffled).ToBytes()));

    [Fact] // property: any rows
    public void Bytes_read_back_give_the_same_bytes() => SummaryGen.Row.Array[0, 60].Sample(rows =>
    {
        byte[] bytes = SummaryGen.Fold(rows).ToBytes();
        return WindowSummary.FromBytes(SummaryGen.Schema, bytes).ToBytes().AsSpan().SequenceEqual(bytes);
    });

    [Fact] // property: any damage is refused or read, never an index error
    public void Damaged_bytes_are_refused_as_such() =>
        Gen.Select(SummaryGen.Row.Array[1, 20], Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample((rows, position, value, cut) =>
        {
            byte[] bytes = SummaryGen.Fold(rows).ToBytes();
            int at = position % bytes.Length;
            if (cut) { bytes = bytes[..at]; } else { bytes[at] = value; }
            try { WindowSummary.FromBytes(SummaryGen.Schema, bytes); } catch (InvalidDataException) { }
        });

    [Fact] // property: any numbers
    public void The_count_up_to_an_edge_is_the_sum_of_the_bins_before_it() => Gen.Double[-5, 25].Array[0, 200].Sample(values =>
    {
        var schema = SummaryGen.Schema.Columns[0];
        values = [.. values, .. schema.Edges]; // On the edge is where it goes wrong.
        var column = Numbers(schema, values);
        long[] bins = column.Bins.ToArray(), events = new long[schema.EventCount];
        schema.Events(column, events);
        return schema.Edges.Select((edge, i) => bins.Take(i + 1).Sum() == values.Count(x => x <= edge)).All(same => same)
            && schema.Cuts.Select((cut, j) => events[j] == values.Count(x => x <= schema.Edges[cut])).All(same => same);
    });

    [Fact]
    public void Mean_variance_and_ends_are_those_of_the_values()
    {
        double[] values = SummaryGen.Normals(3, 5_000, 12, 2);
        var column = Numbers(SummaryGen.Schema.Columns[0], values);
        double mean = values.Average();
        Assert.Equal(mean, column.Mean!.Value, 1e-5);
        Assert.Equal(values.Sum(x => (x - mean) * (x - mean)) / 4_999, column.Variance!.Value, 1e-4);
        Assert.Equal(values.Min(), column.Minimum);
        Assert.Equal(values.Max(), column.Maximum);
        Assert.Equal(0, column.Clamped);
    }

    [Fact]
    public void Variance_survives_a_mean_a_billion_times_larger()
    {
        double[] values = [.. SummaryGen.Normals(3, 5_000, 0, 2).Select(x => 1.7e9 + x)];
        var column = Numbers(ColumnSchema.FitNumeric("time", values), values);
        Assert.Equal(0, column.Clamped);
        Assert.Equal(1.7e9, column.Mean!.Value, 1.0);
        Assert.InRange(column.Variance!.Value, 3.7, 4.3);
    }

    [Fact]
    public void Nulls_wrong_types_and_infinities_are_told_apart()
    {
        var window = new WindowSummary(SummaryGen.Schema);
        window.AddNumeric(0, [1, double.NaN, 7, 7, double.PositiveInfinity, -0.0], [0, 0, 1, 2, 0, 0]);
        var column = window.Columns[0];
        Assert.Equal((6, 2, 1, 3, 1), (column.Rows, column.Nulls, column.TypeErrors, column.Valued, column.Clamped));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(column.Minimum)); // Not the bits of −0.
        Assert.Equal(double.PositiveInfinity, column.Maximum);
    }

    [Fact]
    public void A_window_without_rows_cannot_tell()
    {
        var window = new WindowSummary(SummaryGen.Schema);
        Assert.Null(window.Columns[0].Mean);
        Assert.Null(window.Columns[0].Variance);
        Assert.Null(window.LatencyMean);
        Assert.Null(window.LatencyQuantile(.5));
        Assert.Null(BinnedDrift.KolmogorovSmirnov(SummaryGen.Schema.Columns[0], window.Columns[0]));
    }

    [Fact] // property: any latencies up to a day
    public void Latency_quantiles_are_within_their_stated_error() =>
        Gen.Select(Gen.Double[-6, 5].Select(power => Math.Pow(10, power)).Array[1, 100], Gen.Double[0, 1]).Sample((seconds, q) =>
        {
            var window = new WindowSummary(SummaryGen.Schema);
            foreach (double latency in seconds) { window.AddLatency(latency); }
            double exact = seconds.Order().ElementAt(Math.Clamp((int)Math.Ceiling(q * seconds.Length) - 1, 0, seconds.Length - 1));
            return Math.Abs(window.LatencyQuantile(q)!.Value - exact) <= exact / 64 + .6e-6;
        });

    [Fact]
    public void Latencies_over_the_objective_are_counted()
    {
        var window = new WindowSummary(SummaryGen.Schema);
        foreach (double latency in (double[])[.1, .25, .250001, 9]) { window.AddLatency(latency); }
        Assert.Equal((4, 2), (window.LatencyCount, window.LatencyOverObjective));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.AddLatency(double.NaN));
    }

    [Fact]
    public void A_numeric_column_of_two_thousand_rows_fits_in_400_bytes()
    {
        var schema = new BinSchema([SummaryGen.Schema.Columns[0]], null);
        var window = new WindowSummary(schema);
        double[] values = SummaryGen.Normals(9, 2_000, 10, 3);
        window.AddNumeric(0, values, new byte[values.Length]);
        Assert.InRange(window.ToBytes().Length, 100, 400);
    }

    [Fact]
    public void A_summary_of_another_schema_is_not_merged()
    {
        var other = new WindowSummary(new BinSchema([SummaryGen.Schema.Columns[0]], null));
        Assert.Throws<ArgumentException>(() => new WindowSummary(SummaryGen.Schema).Merge(other));
    }

    private static ColumnSummary Numbers(ColumnSchema schema, double[] values)
    {
        var window = new WindowSummary(new BinSchema([schema], null));
        window.AddNumeric(0, values, new byte[values.Length]);
        return window.Columns[0];
    }
}
