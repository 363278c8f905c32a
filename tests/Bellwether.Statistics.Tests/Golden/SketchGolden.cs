using System.Globalization;
using System.Text.Json;
using Bellwether.Statistics.Sketches;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Exact quantiles, distinct counts and frequent items, and how near the sketches come to them.</summary>
internal sealed class SketchGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("e_", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        string stream = golden.Inputs.GetProperty("stream").GetString()!;
        int n = golden.Inputs.GetProperty("n").GetInt32();
        switch (golden.Function)
        {
            case "exact quantiles/distinct/heavy hitters":
                OfNumbers(golden, comparison, GoldenRandom.Checked(SketchStream.Numbers(stream, n), golden.Inputs));
                break;
            case "exact distinct": OfTexts(golden, comparison, SketchStream.Texts(stream, n)); break;
            default: comparison.Fault($"unknown function {golden.Function}"); break;
        }
    }

    private static void OfNumbers(GoldenCase golden, GoldenComparison comparison, double[] values)
    {
        var quantiles = new KllSketch(200, seed: 1);
        quantiles.Update(values);
        var distinct = new HyperLogLog();
        distinct.Update(values);
        var exact = new FrequentNumbers(values.Length);
        var frequent = new FrequentNumbers(2_000);
        var moments = new Moments();
        foreach (double value in values)
        {
            exact.Update(value);
            frequent.Update(value);
            moments.Update(value);
        }
        double[] sorted = [.. values.Order()];
        FrequentItem<double>[] items = [.. exact.Items()];
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            switch (output.Name)
            {
                case "quantile_lower_rank": Each(output.Value, comparison, golden, (q, name) => Quantile.LowerRank(sorted, q)); break;
                case "quantile_linear": Each(output.Value, comparison, golden, (q, name) => Quantile.Of(sorted, q)); break;
                case "rank_leq_and_lt": RankError(golden, comparison, quantiles, sorted); break;
                case "distinct": Distinct(comparison, output.Value, distinct, exact.Held); break;
                case "min": comparison.Number("min", quantiles.Minimum); break;
                case "max": comparison.Number("max", quantiles.Maximum); break;
                case "sum_pairwise": comparison.Number("sum_pairwise", moments.Sum); break;
                case "mean": comparison.Number("mean", moments.Mean); break;
                case "variance_population": comparison.Number("variance_population", moments.PopulationVariance); break;
                case "top20_if_repeated":
                    Top(output.Value, comparison, item => exact.Of(item.Number()), item => frequent.Of(item.Number()), items);
                    break;
                case "heavy_hitters_0_1_percent":
                    comparison.Exactly(output.Name, output.Value.GetInt32(), items.Count(item => item.AtLeast >= values.Length / 1_000.0));
                    break;
                default: comparison.Fault($"unknown output {output.Name}"); break;
            }
        }
    }

    private static void OfTexts(GoldenCase golden, GoldenComparison comparison, string[] values)
    {
        var distinct = new HyperLogLog();
        var exact = new FrequentTexts(values.Length);
        var frequent = new FrequentTexts(1_000);
        foreach (string value in values)
        {
            distinct.Update(value);
            exact.Update(value);
            frequent.Update(value);
        }
        Distinct(comparison, golden.Outputs.GetProperty("distinct"), distinct, exact.Held);
        Top(golden.Outputs.GetProperty("top5"), comparison, item => exact.Of(item.GetString()!), item => frequent.Of(item.GetString()!), [.. exact.Items()]);
    }

    private static void Each(JsonElement expected, GoldenComparison comparison, GoldenCase golden, Func<double, string, double> answer)
    {
        foreach (var item in expected.EnumerateObject())
        {
            comparison.Number(item.Name, item.Value, answer(double.Parse(item.Name, CultureInfo.InvariantCulture), item.Name), golden.Tolerance);
        }
    }

    /// <summary>The sketch's quantile has a rank within the stated error of the wanted one, and the sketch's rank of the exact quantile as well.</summary>
    private static void RankError(GoldenCase golden, GoldenComparison comparison, KllSketch sketch, double[] sorted)
    {
        foreach (var item in golden.Outputs.GetProperty("rank_leq_and_lt").EnumerateObject())
        {
            double q = double.Parse(item.Name, CultureInfo.InvariantCulture), n = sorted.Length;
            double value = golden.Outputs.GetProperty("quantile_lower_rank").GetProperty(item.Name).Number();
            double upTo = item.Value[0].GetDouble() / n, below = item.Value[1].GetDouble() / n;
            comparison.Exactly($"ranks of {value}", (upTo, below), (UpTo(value), UpTo(Math.BitDecrement(value))));
            double found = sketch.Quantile(q);
            bool isNear = UpTo(found) >= q - sketch.CurveError && UpTo(Math.BitDecrement(found)) <= q + sketch.CurveError;
            comparison.Exactly($"sketched quantile {item.Name} within its error", true, isNear);
            comparison.Exactly($"sketched rank of {value} within its error", true, Math.Abs(sketch.Rank(value) - upTo) <= sketch.CurveError);

            double UpTo(double limit)
            {
                int low = 0, high = sorted.Length;
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    if (sorted[middle] <= limit) { low = middle + 1; } else { high = middle; }
                }
                return low / n;
            }
        }
    }

    private static void Distinct(GoldenComparison comparison, JsonElement expected, HyperLogLog sketch, int exact)
    {
        comparison.Exactly("distinct", expected.GetInt32(), exact);
        double error = Math.Abs(sketch.Estimate / expected.GetInt32() - 1);
        comparison.Exactly($"sketched distinct count {sketch.Estimate} within four errors", true, error <= 4 * sketch.RelativeError);
    }

    /// <summary>The counts of the top agree, in order; items of equal count may stand in any order. The small sketch's bounds hold the true count.</summary>
    private static void Top<T>(
        JsonElement expected,
        GoldenComparison comparison,
        Func<JsonElement, FrequentItem<T>> exact,
        Func<JsonElement, FrequentItem<T>> bounded,
        FrequentItem<T>[] items)
    {
        int at = 0;
        foreach (var pair in expected.EnumerateArray())
        {
            long count = pair[1].GetInt64();
            var found = exact(pair[0]);
            comparison.Exactly($"count of {pair[0]}", (count, count), (found.AtLeast, found.AtMost));
            comparison.Exactly($"count at {at}", count, items[at++].AtLeast);
            var bounds = bounded(pair[0]);
            comparison.Exactly($"bounds of {pair[0]}", true, bounds.AtLeast <= count && count <= bounds.AtMost);
        }
        if (at == 0) { comparison.Exactly("repeats", true, items.All(item => item.AtLeast == 1)); }
    }
}
