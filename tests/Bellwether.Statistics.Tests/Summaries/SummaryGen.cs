using System.Collections.Immutable;
using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Summaries;

/// <summary>Rows as nasty as the world's, and a schema of one numeric and one categorical column to count them with.</summary>
internal static class SummaryGen
{
    private static readonly double[] Odd =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1e300, -1e300, double.Epsilon, 3.5, 3.5, 1e9];

    private static readonly string?[] Names = [null, "", "a", "b", "<b>", "never seen", "north", "é"];

    public static BinSchema Schema { get; } = new(
        [
            ColumnSchema.FitNumeric("amount", Normals(1, 2_000, 10, 3)),
            ColumnSchema.FitCategorical("region", new Dictionary<string, long> { ["a"] = 5, ["b"] = 70, ["<b>"] = 2, ["north"] = 1 }),
        ],
        latencyObjectiveMicroseconds: 250_000);

    public static Gen<Row> Row { get; } = Gen.Select(
        Gen.OneOf(Gen.Double[-5, 25], Gen.OneOf(Odd)), Gen.Byte[0, 2], Gen.OneOf(Names), Gen.Byte[0, 2], Gen.Double[0, 3], Gen.Int[0, 4],
        (number, numberState, text, textState, latency, error) => new Row(number, numberState, text, textState, latency, error));

    public static double[] Normals(ulong seed, int count, double mean, double sigma)
    {
        var chance = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + sigma * chance.NextNormal())];
    }

    public static WindowSummary Fold(IEnumerable<Row> rows)
    {
        var window = new WindowSummary(Schema);
        foreach (var row in rows)
        {
            window.AddRows(1);
            window.AddNumeric(0, [row.Number], [row.NumberState]);
            window.AddText(1, [row.Text], [row.TextState]);
            window.AddLatency(row.LatencySeconds);
            if (row.Error > 1) { window.AddError($"kind {row.Error}"); }
        }
        return window;
    }
}

internal sealed record Row(double Number, byte NumberState, string? Text, byte TextState, double LatencySeconds, int Error);
