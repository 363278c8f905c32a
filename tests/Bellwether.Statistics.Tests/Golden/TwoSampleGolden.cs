using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Tests and distances of two numeric samples, against scipy and astropy.</summary>
internal sealed class TwoSampleGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("a_twosample", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (golden.Function == "many")
        {
            Large(golden, comparison);
            return;
        }
        double[] x = Sample(golden.Dataset.GetProperty("x")), y = Sample(golden.Dataset.GetProperty("y"));
        if (golden.Outputs.TryGetProperty("error", out _)) { Refused(golden, comparison, x, y); }
        else if (golden.Function.StartsWith("Kuiper", StringComparison.Ordinal)) { KuiperByFormula(comparison, x, y); }
        else { Compare(golden, comparison, x, y); }
    }

    private static void Compare(GoldenCase golden, GoldenComparison comparison, double[] x, double[] y)
    {
        switch (golden.Function)
        {
            case "scipy.stats.ks_2samp":
                var ks = KolmogorovSmirnov.Test(x, y, Direction(golden), KolmogorovMethod(golden));
                comparison.Number("statistic", ks.Statistic);
                comparison.Number("pvalue", ks.PValue);
                comparison.Number("statistic_location", ks.Location);
                comparison.Exactly("statistic_sign", golden.Outputs.GetProperty("statistic_sign").GetInt32(), ks.Sign);
                break;
            case "empirical D by definition sup|F1-F2|":
                comparison.Number("D", KolmogorovSmirnov.Test(x, y).Statistic);
                break;
            case "scipy.stats.anderson_ksamp":
                KSampleGolden.AndersonDarling(golden, comparison, [x, y]);
                break;
            case "scipy.stats.cramervonmises_2samp":
                Test(comparison, CramerVonMises.Test(x, y, CramerVonMisesMethodOf(golden)));
                break;
            case "scipy.stats.mannwhitneyu":
                var u = MannWhitney.Test(x, y, Direction(golden), MannWhitneyMethodOf(golden), golden.Params.GetProperty("use_continuity").GetBoolean());
                comparison.Number("U1", u.U);
                comparison.Number("pvalue", u.PValue);
                break;
            case "scipy.stats.wasserstein_distance":
                comparison.Number("distance", Wasserstein.Distance(x, y));
                break;
            case "scipy.stats.energy_distance":
                comparison.Number("distance", EnergyDistance.Distance(x, y));
                break;
            case "scipy.stats.ttest_ind":
                var t = golden.Params.GetProperty("equal_var").GetBoolean() ? TTest.Student(x, y, Direction(golden)) : TTest.Welch(x, y, Direction(golden));
                comparison.Number("statistic", t.Statistic);
                comparison.Number("pvalue", t.PValue);
                break;
            case "astropy.stats.kuiper_two":
                KuiperByStephens(golden, comparison, x, y);
                break;
            case "scipy.stats.epps_singleton_2samp":
                Test(comparison, EppsSingleton.Test(x, y));
                break;
            case "scipy.stats.brunnermunzel":
                Test(comparison, BrunnerMunzel.Test(x, y));
                break;
            default:
                comparison.Fault($"unknown function {golden.Function}");
                break;
        }
    }

    private static void Test(GoldenComparison comparison, SampleTestResult actual)
    {
        comparison.Number("statistic", actual.Statistic);
        comparison.Number("pvalue", actual.PValue);
    }

    /// <summary>Where the other library refuses, ours refuses with an <see cref="ArgumentException"/> or says NaN, as documented.</summary>
    private static void Refused(GoldenCase golden, GoldenComparison comparison, double[] x, double[] y)
    {
        double pValue;
        try
        {
            pValue = golden.Function switch
            {
                "scipy.stats.anderson_ksamp" => AndersonDarling.Test(x, y).PValue,
                "scipy.stats.cramervonmises_2samp" => CramerVonMises.Test(x, y, CramerVonMisesMethodOf(golden)).PValue,
                "scipy.stats.epps_singleton_2samp" => EppsSingleton.Test(x, y).PValue,
                "scipy.stats.brunnermunzel" => BrunnerMunzel.Test(x, y).PValue,
                "scipy.stats.mannwhitneyu" => MannWhitney.Test(x, y, Direction(golden), MannWhitneyMethodOf(golden)).PValue,
                "scipy.stats.ks_2samp" => KolmogorovSmirnov.Test(x, y, Direction(golden), KolmogorovMethod(golden)).PValue,
                _ => throw new NotSupportedException(golden.Function),
            };
        }
        catch (ArgumentException)
        {
            pValue = double.NaN;
        }
        comparison.Exactly("refused", true, double.IsNaN(pValue));
    }

    private static void KuiperByStephens(GoldenCase golden, GoldenComparison comparison, double[] x, double[] y)
    {
        double v = Kuiper.Test(x, y).Statistic;
        comparison.Number("V", v);
        double pValue = Kuiper.StephensSurvival(v, (double)x.Length * y.Length / (x.Length + y.Length));
        var expected = golden.Outputs.GetProperty("pvalue_asymptotic");
        if (expected.ValueKind == JsonValueKind.String && expected.GetString()!.StartsWith("complex", StringComparison.Ordinal))
        {
            comparison.Exactly("pvalue_asymptotic", double.NaN, pValue); // A root of a negative number: not a p-value.
        }
        else { comparison.Number("pvalue_asymptotic", pValue); }
    }

    private static void KuiperByFormula(GoldenComparison comparison, double[] x, double[] y)
    {
        var kuiper = Kuiper.Test(x, y);
        comparison.Number("V", kuiper.Statistic);
        comparison.Number("lambda_", kuiper.Lambda);
        comparison.Number("Q", kuiper.PValue);
    }

    private static void Large(GoldenCase golden, GoldenComparison comparison)
    {
        double[] x = Generated(golden.Inputs.GetProperty("x")), y = Generated(golden.Inputs.GetProperty("y"));
        var ks = KolmogorovSmirnov.Test(x, y, method: KolmogorovSmirnovMethod.Asymptotic);
        var u = MannWhitney.Test(x, y, method: MannWhitneyMethod.Asymptotic);
        var welch = TTest.Welch(x, y);
        var cramer = CramerVonMises.Test(x, y);
        var anderson = AndersonDarling.Test(x, y);
        var actual = new Dictionary<string, double>
        {
            ["ks_asymp.statistic"] = ks.Statistic,
            ["ks_asymp.pvalue"] = ks.PValue,
            ["mwu_asymp.U1"] = u.U,
            ["mwu_asymp.pvalue"] = u.PValue,
            ["welch.t"] = welch.Statistic,
            ["welch.pvalue"] = welch.PValue,
            ["cvm.statistic"] = cramer.Statistic,
            ["cvm.pvalue"] = cramer.PValue,
            ["anderson_ksamp.statistic"] = anderson.Statistic,
            ["anderson_ksamp.sig"] = anderson.PValue,
            ["wasserstein"] = Wasserstein.Distance(x, y),
            ["energy"] = EnergyDistance.Distance(x, y),
        };
        foreach (var output in golden.Outputs.EnumerateObject()) { comparison.Number(output.Name, actual[output.Name]); }
    }

    private static double[] Generated(JsonElement input)
    {
        double[] values = GoldenRandom.Irwin(
            input.GetProperty("seed").GetUInt64(), input.GetProperty("n").GetInt32(), input.GetProperty("scale").GetDouble(), input.GetProperty("shift").GetDouble());
        if (input.GetProperty("floor_to_tenth").GetBoolean())
        {
            for (int i = 0; i < values.Length; i++) { values[i] = Math.Floor(values[i] * 10) / 10; }
        }
        return GoldenRandom.Checked(values, input);
    }

    private static double[] Sample(JsonElement values) => values.Numbers();

    private static Alternative Direction(GoldenCase golden) => golden.Params.GetProperty("alternative").GetString() switch
    {
        "less" => Alternative.Less,
        "greater" => Alternative.Greater,
        _ => Alternative.TwoSided,
    };

    private static KolmogorovSmirnovMethod KolmogorovMethod(GoldenCase golden) =>
        golden.Params.GetProperty("fallback_to_asymp").GetBoolean() ? KolmogorovSmirnovMethod.Asymptotic
        : golden.Params.GetProperty("method").GetString() switch
        {
            "exact" => KolmogorovSmirnovMethod.Exact,
            "asymp" => KolmogorovSmirnovMethod.Asymptotic,
            _ => KolmogorovSmirnovMethod.Auto,
        };

    private static CramerVonMisesMethod CramerVonMisesMethodOf(GoldenCase golden) => golden.Params.GetProperty("method").GetString() switch
    {
        "exact" => CramerVonMisesMethod.Exact,
        "asymptotic" => CramerVonMisesMethod.Asymptotic,
        _ => CramerVonMisesMethod.Auto,
    };

    private static MannWhitneyMethod MannWhitneyMethodOf(GoldenCase golden) => golden.Params.GetProperty("method").GetString() switch
    {
        "exact" => MannWhitneyMethod.Exact,
        "asymptotic" => MannWhitneyMethod.Asymptotic,
        _ => MannWhitneyMethod.Auto,
    };
}
