using System.Globalization;
using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Experiments;
using Bellwether.Statistics.MultipleTesting;
using Bellwether.Statistics.Performance;
using Bellwether.Statistics.Sketches;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Samples.Statistics;

/// <summary>One computation of each family, with the answer it should have.</summary>
internal static class Families
{
    public static IEnumerable<(string Name, double Answer, double Expected, double Tolerance)> All()
    {
        double[] values = new double[10_000];
        var chance = new SplitMix64(1);
        for (int i = 0; i < values.Length; i++) { values[i] = chance.NextNormal(); }

        yield return ("chance: first uniform of seed 1", new SplitMix64(1).NextDouble(), 0.5665615751722809, 0);
        yield return ("multiple testing: Benjamini–Hochberg", BenjaminiHochberg.Adjust([.01, .04, .03])[0], .03, 1e-15);
        yield return ("multiple testing: Hommel", Hommel.Adjust([.01, .04, .03])[0], .03, 1e-15);
        var online = new LordPlusPlus(new LordPlusPlusOptions());
        online.Update(1e-9);
        yield return ("multiple testing: LORD++, resumed", LordPlusPlus.FromBytes(online.ToBytes()).Rejections, 1, 0);

        var sequence = new EmpiricalBernsteinSequence(new BoundedMeanOptions(Lowest: -6, Highest: 6));
        var test = new BettingTest(new BettingTestOptions(0, Alpha: .001, Lowest: -6, Highest: 6));
        foreach (double value in values)
        {
            sequence.Update(value);
            test.Update(value);
        }
        yield return ("experiments: confidence sequence holds 0", sequence.Interval.Contains(0) ? 1 : 0, 1, 0);
        yield return ("experiments: betting test does not reject", test.Rejected ? 1 : 0, 0, 0);
        yield return ("experiments: t test sample size", MeanPower.TTestSampleSize(.5, .8), 63.765610587854056, 1e-6);
        yield return ("experiments: exact McNemar", McNemar.Exact(15, 30).PValue, 0.035697803555194696, 1e-12);
        yield return ("performance: Clopper–Pearson", Proportion.ClopperPearson(3, 20).High, 0.37892682654531396, 1e-10);

        var quantiles = new KllSketch(200, seed: 1);
        quantiles.Update(values);
        yield return ("sketches: median", KllSketch.FromBytes(quantiles.ToBytes()).Quantile(.5), 0, .1);
        var distinct = new HyperLogLog();
        distinct.Update(values);
        yield return ("sketches: distinct values", distinct.Estimate, values.Length, .08 * values.Length);
        var frequent = new FrequentTexts();
        foreach (double value in values) { frequent.Update(value.ToString("F0", CultureInfo.InvariantCulture).AsSpan()); }
        yield return ("sketches: frequent texts", frequent.Count, values.Length, 0);

        var schema = new BinSchema([ColumnSchema.FitNumeric("x", values)], latencyObjectiveMicroseconds: null);
        var window = new WindowSummary(schema);
        window.AddNumeric(0, values, new byte[values.Length]);
        yield return ("summaries: mean", WindowSummary.FromBytes(schema, window.ToBytes()).Columns[0].Mean!.Value, 0, .05);
    }
}
