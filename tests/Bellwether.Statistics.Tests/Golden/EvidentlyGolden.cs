using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The drift scores of Evidently, each by the measure and the conventions that it uses under that name.</summary>
internal sealed class EvidentlyGolden : IGoldenFamily
{
    /// <summary>More distinct reference values than these are binned.</summary>
    private const int MostDistinct = 20;

    public bool Reads(string file) => file.StartsWith("a_evidently", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (golden.Function == "evidently stattests on series with NaN") { Missing(golden, comparison); }
        else if (golden.Params.GetProperty("feature_type").GetString() == "num") { Numeric(golden, comparison); }
        else { Categorical(golden, comparison); }
    }

    private static void Numeric(GoldenCase golden, GoldenComparison comparison)
    {
        double[] reference = golden.Dataset.GetProperty("ref").Numbers(), current = golden.Dataset.GetProperty("cur").Numbers();
        var bins = Bins(reference, current);
        Divergences(comparison, bins.Reference, bins.Current);
        Percents(golden, comparison, "binned_ref_percents_no_fill", bins.Reference);
        Percents(golden, comparison, "binned_cur_percents_no_fill", bins.Current);
        comparison.Number("hellinger", NumericHellinger(reference, current));
        comparison.Number("wasserstein_norm", Wasserstein.NormedDistance(reference, current));
        comparison.Number("energy", EnergyDistance.Distance(reference, current));
        Test(golden, comparison, "ks_pvalue", () => KolmogorovSmirnov.Test(reference, current).PValue);
        Test(golden, comparison, "anderson_pvalue", () => AndersonDarling.Test(reference, current).PValue);
        Test(golden, comparison, "cramer_von_mises_pvalue", () => CramerVonMises.Test(reference, current).PValue);
        Test(golden, comparison, "t_test_pvalue", () => TTest.Student(reference, current).PValue);
        Test(golden, comparison, "mann_whitney_less_pvalue", () => MannWhitney.Test(reference, current, Alternative.Less).PValue);
        Test(golden, comparison, "epps_singleton_pvalue", () => EppsSingleton.Test(reference, current).PValue);
        double sigma = RbfKernel.ReferenceBandwidth(reference, 1);
        comparison.Number("mmd_sigma", sigma);
        comparison.Number("mmd_unbiased_statistic", MaximumMeanDiscrepancy.Unbiased(reference, current, 1, sigma));
    }

    private static void Categorical(GoldenCase golden, GoldenComparison comparison)
    {
        double[] reference = golden.Inputs.GetProperty("ref_counts").Numbers(), current = golden.Inputs.GetProperty("cur_counts").Numbers();
        // Rows repeated by count: a category without rows on either side does not exist.
        int[] seen = [.. Enumerable.Range(0, reference.Length).Where(i => reference[i] + current[i] > 0)];
        reference = [.. seen.Select(i => reference[i])];
        current = [.. seen.Select(i => current[i])];
        Divergences(comparison, reference, current);
        comparison.Number("hellinger", Hellinger.Distance(reference, current));
        comparison.Number("tvd", TotalVariation.Distance(reference, current));
        comparison.Number("chisquare_pvalue", ChiSquareTest.GoodnessOfFit(reference, current).PValue);
        Test(golden, comparison, "g_test_pvalue", () => GTest.GoodnessOfFit(reference, current, scale: false).PValue);
        if (seen.Length > 2) { return; }
        long failures = (long)reference[0], failuresNow = (long)current[0];
        long successes = seen.Length == 2 ? (long)reference[1] : 0, successesNow = seen.Length == 2 ? (long)current[1] : 0;
        if (Given(golden, "z_pvalue"))
        {
            double p = TwoProportionTest.Test(successes, successes + failures, successesNow, successesNow + failuresNow).PValue;
            comparison.Number("z_pvalue", double.IsNaN(p) ? 1 : p); // Of one value throughout Evidently says 1, where we cannot tell.
        }
        if (Given(golden, "fisher_pvalue"))
        {
            double p = FisherExactTest.Test(successes, failures, successesNow, failuresNow).PValue;
            // Evidently wants as many rows on either side, which the test does not need.
            if (golden.Outputs.GetProperty("fisher_pvalue").ValueKind == JsonValueKind.Object) { comparison.Exactly("fisher_pvalue lies in [0, 1]", true, p is >= 0 and <= 1); }
            else { comparison.Number("fisher_pvalue", p); }
        }
    }

    private static void Missing(GoldenCase golden, GoldenComparison comparison)
    {
        double[] reference = golden.Inputs.GetProperty("ref").Numbers(), current = golden.Inputs.GetProperty("cur").Numbers();
        Test(golden, comparison, "psi_with_nan_inside", () => Bins(reference, current).Index(EmptyBins.BelowTheLeast));
        reference = [.. reference.Where(value => !double.IsNaN(value))];
        current = [.. current.Where(value => !double.IsNaN(value))];
        comparison.Number("psi_after_dropna", Bins(reference, current).Index(EmptyBins.BelowTheLeast));
    }

    private static void Divergences(GoldenComparison comparison, IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        double[] p = [.. reference], q = [.. current];
        comparison.Number("psi", PopulationStability.Index(p, q, EmptyBins.BelowTheLeast));
        comparison.Number("kl_div", KullbackLeibler.Divergence(p, q, LogarithmBase.Nats, EmptyBins.BelowTheLeast));
        comparison.Number("jensenshannon_e", JensenShannon.Distance(p, q, LogarithmBase.Nats));
    }

    private static PsiBins Bins(double[] reference, double[] current) =>
        PsiBins.Of(reference, current, reference.Distinct().Count() > MostDistinct ? PsiBinning.PooledSturges : PsiBinning.DistinctValues);

    /// <summary>Sturges' bins for as many values as both samples have distinct ones.</summary>
    private static double NumericHellinger(double[] reference, double[] current)
    {
        double[] edges = Histogram.Edges([.. reference.Union(current)], HistogramRule.Sturges);
        double[] counts = new double[edges.Length - 1], now = new double[edges.Length - 1];
        Histogram.Count(reference, edges, counts);
        Histogram.Count(current, edges, now);
        return Hellinger.Distance(counts, now);
    }

    private static void Percents(GoldenCase golden, GoldenComparison comparison, string output, IReadOnlyList<double> counts)
    {
        if (!Given(golden, output)) { return; }
        comparison.Numbers(output, [.. counts.Select(count => count / counts.Sum())]);
    }

    private static void Test(GoldenCase golden, GoldenComparison comparison, string output, Func<double> answer)
    {
        var expected = golden.Outputs.GetProperty(output);
        if (expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("error", out _)) { comparison.Refuses(output, answer); }
        else { comparison.Number(output, answer()); }
    }

    private static bool Given(GoldenCase golden, string output) =>
        golden.Outputs.TryGetProperty(output, out var expected) && expected.ValueKind != JsonValueKind.Null;
}
