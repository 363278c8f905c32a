using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Tests of counts and divergences of histograms: SciPy, statsmodels and the definitions.</summary>
internal sealed class CategoricalGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("a_categorical", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        double[] reference = golden.Inputs.GetProperty("ref").Numbers(), current = golden.Inputs.GetProperty("cur").Numbers();
        switch (golden.Function)
        {
            case "scipy.stats.chi2_contingency":
                Count(golden, comparison, () => ChiSquareTest.Independence(reference, current, Correction(golden)));
                Expected(golden, comparison, reference, current);
                break;
            case "scipy.stats.chi2_contingency(lambda_=log-likelihood)":
                Count(golden, comparison, () => GTest.Independence(reference, current, Correction(golden)));
                break;
            case "scipy.stats.chisquare(f_obs=cur, f_exp=ref*sum(cur)/sum(ref))":
                Count(golden, comparison, () => ChiSquareTest.GoodnessOfFit(reference, current));
                break;
            case "scipy.stats.power_divergence(lambda_=log-likelihood) with scaled expectation":
                Count(golden, comparison, () => GTest.GoodnessOfFit(reference, current));
                break;
            case "scipy.stats.power_divergence(cur, ref, lambda_=log-likelihood)":
                Count(golden, comparison, () => GTest.GoodnessOfFit(reference, current, scale: false));
                break;
            case "scipy.stats.fisher_exact":
                var fisher = FisherExactTest.Test((long)reference[1], (long)reference[0], (long)current[1], (long)current[0], Of(golden));
                comparison.Number("odds_ratio", fisher.OddsRatio);
                comparison.Number("pvalue", fisher.PValue);
                break;
            case "statsmodels proportions_ztest":
                var test = TwoProportionTest.Test((long)reference[1], (long)reference.Sum(), (long)current[1], (long)current.Sum(), Of(golden));
                comparison.Number("z", test.Z);
                comparison.Number("pvalue", test.PValue);
                break;
            case "definitions":
                Divergences(comparison, reference, current);
                break;
        }
    }

    private static void Divergences(GoldenComparison comparison, double[] reference, double[] current)
    {
        comparison.Number("kl_nats_pq", KullbackLeibler.Divergence(reference, current));
        comparison.Number("kl_bits_pq", KullbackLeibler.Divergence(reference, current, LogarithmBase.Bits));
        comparison.Number("kl_nats_qp", KullbackLeibler.Divergence(current, reference));
        comparison.Number("js_distance_e", JensenShannon.Distance(reference, current, LogarithmBase.Nats));
        comparison.Number("js_distance_2", JensenShannon.Distance(reference, current));
        comparison.Number("js_divergence_nats", JensenShannon.Divergence(reference, current, LogarithmBase.Nats));
        comparison.Number("hellinger", Hellinger.Distance(reference, current));
        comparison.Number("bhattacharyya_coeff", Hellinger.Coefficient(reference, current));
        comparison.Number("tvd", TotalVariation.Distance(reference, current));
        comparison.Number("l_infinity", LInfinity.Distance(reference, current));
        comparison.Number("psi_zero_fill_1e_4_no_renorm", PopulationStability.Index(reference, current));
    }

    private static void Count(GoldenCase golden, GoldenComparison comparison, Func<CountTestResult> test)
    {
        if (golden.Outputs.TryGetProperty("error", out _))
        {
            comparison.Refuses("what SciPy refuses", () => test().PValue);
            return;
        }
        var result = test();
        comparison.Number("statistic", result.Statistic);
        comparison.Number("pvalue", result.PValue);
        if (golden.Outputs.TryGetProperty("dof", out var degrees)) { comparison.Exactly("dof", degrees.GetInt32(), result.DegreesOfFreedom); }
    }

    /// <summary>The expectations are shares of both samples together, times each sample's rows: what the statistic is computed from.</summary>
    private static void Expected(GoldenCase golden, GoldenComparison comparison, double[] reference, double[] current)
    {
        if (!golden.Outputs.TryGetProperty("expected", out var expected)) { return; }
        double total = reference.Sum(), now = current.Sum();
        double[] both = [.. reference.Zip(current, (p, q) => p + q)];
        comparison.Numbers("expected[0]", expected[0], [.. both.Select(count => count * total / (total + now))], golden.Tolerance);
        comparison.Numbers("expected[1]", expected[1], [.. both.Select(count => count * now / (total + now))], golden.Tolerance);
    }

    private static bool Correction(GoldenCase golden) => golden.Params.GetProperty("correction").GetBoolean();

    /// <summary>The cases say how the current share compares with the reference's; ours, how the reference's compares with the current one.</summary>
    private static Alternative Of(GoldenCase golden) => golden.Params.GetProperty("alternative").GetString() switch
    {
        "less" or "smaller" => Alternative.Greater,
        "greater" or "larger" => Alternative.Less,
        _ => Alternative.TwoSided,
    };
}
