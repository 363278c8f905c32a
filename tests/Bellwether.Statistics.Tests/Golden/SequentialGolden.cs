using System.Globalization;
using System.Text.Json;
using Bellwether.Statistics.Experiments;
using Bellwether.Statistics.MultipleTesting;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Multiple testing, sequential inference, power and intervals of proportions.</summary>
internal sealed class SequentialGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("g_", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        switch (golden.Function)
        {
            case "statsmodels.stats.multitest.multipletests": Multiple(golden, comparison); break;
            case "mSPRT, normal data with known variance, N(theta0,tau^2) mixture": Mixture(golden, comparison); break;
            case "mSPRT, two streams in pairs, known common variance": MixtureOfPairs(golden, comparison); break;
            case "confidence intervals and sequences for a bounded mean": BoundedMean(golden, comparison); break;
            case "statsmodels NormalIndPower / power_proportions_2indep and textbook formulas": Power(golden, comparison); break;
            case "statsmodels TTestIndPower": TTestPower(golden, comparison); break;
            case "statsmodels proportion_confint": Share(golden, comparison); break;
            case "statsmodels confint_proportions_2indep (diff p1-p2)": Difference(golden, comparison); break;
            case "CUPED by definition": Adjusted(golden, comparison); break;
            default: comparison.Fault($"unknown function {golden.Function}"); break;
        }
    }

    private static void Multiple(GoldenCase golden, GoldenComparison comparison)
    {
        double[] p = golden.Inputs.GetProperty("p").Numbers();
        double alpha = golden.Params.GetProperty("alpha").Number();
        if (Refusal(golden.Outputs, "adjusted"))
        {
            Refuses(comparison, () => BenjaminiHochberg.Adjust(p).Length == 0);
            return;
        }
        var (adjusted, rejected) = golden.Params.GetProperty("method").GetString() switch
        {
            "bonferroni" => (Bonferroni.Adjust(p), Bonferroni.Reject(p, alpha)),
            "sidak" => (Sidak.Adjust(p), Sidak.Reject(p, alpha)),
            "holm" => (Holm.Adjust(p), Holm.Reject(p, alpha)),
            "holm-sidak" => (HolmSidak.Adjust(p), HolmSidak.Reject(p, alpha)),
            "simes-hochberg" => (Hochberg.Adjust(p), Hochberg.Reject(p, alpha)),
            "hommel" => (Hommel.Adjust(p), Hommel.Reject(p, alpha)),
            "fdr_bh" => (BenjaminiHochberg.Adjust(p), BenjaminiHochberg.Reject(p, alpha)),
            "fdr_by" => (BenjaminiYekutieli.Adjust(p), BenjaminiYekutieli.Reject(p, alpha)),
            var other => throw new NotSupportedException(other),
        };
        comparison.Numbers("adjusted", adjusted);
        comparison.ExactlyAll("reject", [.. golden.Outputs.GetProperty("reject").EnumerateArray().Select(item => item.GetBoolean())], rejected);
    }

    private static void Mixture(GoldenCase golden, GoldenComparison comparison)
    {
        var test = new MixtureSprt(new MixtureSprtOptions(
            golden.Params.GetProperty("sigma2").Number(), golden.Params.GetProperty("tau2").Number(), golden.Params.GetProperty("theta0").Number()));
        Follow(test, golden.Inputs.GetProperty("x").Numbers(), golden, comparison);
    }

    private static void MixtureOfPairs(GoldenCase golden, GoldenComparison comparison)
    {
        double[] x = golden.Inputs.GetProperty("x").Numbers(), y = golden.Inputs.GetProperty("y").Numbers();
        var test = MixtureSprt.OfPairs(golden.Params.GetProperty("sigma2").Number(), golden.Params.GetProperty("tau2").Number());
        Follow(test, [.. x.Zip(y, (a, b) => b - a)], golden, comparison);
    }

    private static void Follow(MixtureSprt test, double[] values, GoldenCase golden, GoldenComparison comparison)
    {
        double[] logs = new double[values.Length], ps = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ps[i] = test.Update(values[i]);
            logs[i] = test.LogLikelihoodRatio;
        }
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            switch (output.Name)
            {
                case "log_lambda": comparison.Numbers("log_lambda", logs); break;
                case "p_always_valid": comparison.Numbers("p_always_valid", ps); break;
                case { } name when name.StartsWith("first_reject_alpha_", StringComparison.Ordinal):
                    double alpha = Parse(name["first_reject_alpha_".Length..].Replace('_', '.'));
                    comparison.Exactly(name, output.Value.GetInt32(), Array.FindIndex(ps, p => p <= alpha));
                    break;
                default: comparison.Fault($"unknown output {output.Name}"); break;
            }
        }
    }

    private static void BoundedMean(GoldenCase golden, GoldenComparison comparison)
    {
        double[] x = golden.Inputs.GetProperty("x").Numbers();
        double alpha = golden.Params.GetProperty("alpha").Number();
        int[] at = [.. golden.Outputs.GetProperty("at").EnumerateArray().Select(item => item.GetInt32())];
        var sequence = new EmpiricalBernsteinSequence(new BoundedMeanOptions(alpha));
        var plugIn = golden.Outputs.GetProperty("predictable_plugin_eb");
        double[] means = new double[at.Length];
        for (int look = 0, i = 0; look < at.Length; look++)
        {
            for (; i < at[look]; i++) { sequence.Update(x[i]); }
            means[look] = sequence.Interval.Value;
            var expected = plugIn[look];
            comparison.Exactly($"t[{look}]", expected.GetProperty("t").GetInt32(), (int)sequence.Count);
            comparison.Number($"center[{look}]", expected.GetProperty("center"), sequence.Centre, golden.Tolerance);
            comparison.Number($"radius[{look}]", expected.GetProperty("radius"), sequence.Radius, golden.Tolerance);
            comparison.Number($"running_lower[{look}]", expected.GetProperty("running_lower"), sequence.Interval.Low, golden.Tolerance);
            comparison.Number($"running_upper[{look}]", expected.GetProperty("running_upper"), sequence.Interval.High, golden.Tolerance);
        }
        comparison.Numbers("mean", means);
        comparison.Numbers("hoeffding_fixed_n_halfwidth", Array.ConvertAll(at, t => Hoeffding.FixedHalfWidth(t, alpha)));
        comparison.Numbers("hoeffding_union_halfwidth", Array.ConvertAll(at, t => Hoeffding.UnionHalfWidth(t, alpha)));
        comparison.Numbers("normal_mixture_halfwidth", Array.ConvertAll(at, t => Hoeffding.MixtureHalfWidth(t, alpha)));
        comparison.Numbers(
            "empirical_bernstein_audibert_halfwidth", Array.ConvertAll(at, t => EmpiricalBernstein.AudibertHalfWidth(x.AsSpan(0, t), alpha)));
        comparison.Numbers(
            "empirical_bernstein_maurer_pontil_two_sided_halfwidth",
            Array.ConvertAll(at, t => EmpiricalBernstein.MaurerPontilHalfWidth(x.AsSpan(0, t), alpha)));
    }

    private static void Power(GoldenCase golden, GoldenComparison comparison)
    {
        double p1 = golden.Inputs.GetProperty("p1").Number(), p2 = golden.Inputs.GetProperty("p2").Number();
        double alpha = golden.Inputs.GetProperty("alpha").Number(), h = ProportionPower.CohenH(p1, p2);
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            string name = output.Name;
            if (Refusal(golden.Outputs, name)) { Refuses(comparison, () => p1 == p2 || h < 0); }
            else if (Number(name, "n_per_group_arcsine_power", out double power, out string rest))
            {
                var side = rest == "_larger" ? Alternative.Greater : rest == "_smaller" ? Alternative.Less : Alternative.TwoSided;
                double size = ProportionPower.ArcsineSampleSize(h, power, alpha, side);
                if (double.IsNaN(size)) { comparison.Otherwise("no size reaches the power of an effect on the other side; the reference's solver returns where it stopped"); }
                else { comparison.Number(name, size); }
            }
            else if (Number(name, "n_per_group_pooled_formula_power", out power, out _))
            {
                comparison.Number(name, ProportionPower.PooledSampleSize(p1, p2, power, alpha));
            }
            else if (Number(name, "n_per_group_unpooled_formula_power", out power, out _))
            {
                comparison.Number(name, ProportionPower.UnpooledSampleSize(p1, p2, power, alpha));
            }
            else if (Number(name, "power_arcsine_n", out double n, out _)) { comparison.Number(name, ProportionPower.Arcsine(h, n, alpha)); }
            else if (Number(name, "power_proportions_2indep_n", out n, out _)) { comparison.Number(name, ProportionPower.Pooled(p1, p2, n, alpha)); }
            else if (name == "cohen_h") { comparison.Number(name, h); }
            else { comparison.Fault($"unknown output {name}"); }
        }
    }

    private static void TTestPower(GoldenCase golden, GoldenComparison comparison)
    {
        double effect = golden.Inputs.GetProperty("effect_size_d").Number(), alpha = golden.Inputs.GetProperty("alpha").Number();
        double power = golden.Inputs.GetProperty("power").Number();
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            if (output.Name == "n_per_group")
            {
                double size = MeanPower.TTestSampleSize(effect, power, alpha);
                if (size == 2) { comparison.Otherwise("two in each group are enough; the reference's solver leaves the sizes at which a variance exists"); }
                else { comparison.Number(output.Name, size); }
            }
            else if (Number(output.Name, "power_n", out double n, out _)) { comparison.Number(output.Name, MeanPower.TTest(effect, n, alpha)); }
            else { comparison.Fault($"unknown output {output.Name}"); }
        }
    }

    private static void Share(GoldenCase golden, GoldenComparison comparison)
    {
        long count = golden.Inputs.GetProperty("count").GetInt64(), trials = golden.Inputs.GetProperty("nobs").GetInt64();
        double alpha = golden.Params.GetProperty("alpha").Number();
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            Func<Estimate>? answer = output.Name switch
            {
                "normal" => () => Proportion.Wald(count, trials, alpha),
                "wilson" => () => Proportion.Wilson(count, trials, alpha),
                "agresti_coull" => () => Proportion.AgrestiCoull(count, trials, alpha),
                "beta" => () => Proportion.ClopperPearson(count, trials, alpha),
                "jeffreys" => () => Proportion.Jeffreys(count, trials, alpha),
                _ => null,
            };
            if (answer is null) { comparison.Fault($"unknown output {output.Name}"); }
            else if (trials == 0 || Refusal(golden.Outputs, output.Name)) { Refuses(comparison, () => { answer(); return false; }); }
            else
            {
                var (_, low, high, _) = answer();
                comparison.Numbers(output.Name, [low, high]);
            }
        }
    }

    private static void Difference(GoldenCase golden, GoldenComparison comparison)
    {
        long x1 = golden.Inputs.GetProperty("count1").GetInt64(), n1 = golden.Inputs.GetProperty("nobs1").GetInt64();
        long x2 = golden.Inputs.GetProperty("count2").GetInt64(), n2 = golden.Inputs.GetProperty("nobs2").GetInt64();
        double alpha = golden.Params.GetProperty("alpha").Number();
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            ConfidenceInterval? answer = output.Name switch
            {
                "diff_wald" => ProportionDifference.Wald(x1, n1, x2, n2, alpha),
                "diff_agresti-caffo" => ProportionDifference.AgrestiCaffo(x1, n1, x2, n2, alpha),
                "diff_newcomb" => ProportionDifference.Newcombe(x1, n1, x2, n2, alpha),
                "diff_score" => ProportionDifference.MiettinenNurminen(x1, n1, x2, n2, alpha),
                _ => null,
            };
            if (answer is not { } interval) { comparison.Fault($"unknown output {output.Name}"); }
            else if (!Refusal(golden.Outputs, output.Name))
            {
                if (output.Name == "diff_score")
                {
                    // Shows that the erratum is all that parts the two: with it the reference's numbers come out.
                    interval = ScoreWithErratum.Interval(x1, n1, x2, n2, alpha);
                    comparison.Otherwise(ScoreWithErratum.Reason);
                }
                comparison.Numbers(output.Name, [interval.Low, interval.High]);
            }
            else
            {
                // The reference's root finder gave up; ours must be what its definition says: the score test at an end is at the level.
                double z = -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, alpha / 2);
                foreach (double end in (double[])[interval.Low, interval.High])
                {
                    double score = Math.Abs(ProportionDifference.Score(x1, n1, x2, n2, end));
                    comparison.Exactly($"{output.Name} at {end}", true, Math.Abs(score - z) < 1e-6 || (Math.Abs(end) == 1 && score <= z));
                }
            }
        }
    }

    private static void Adjusted(GoldenCase golden, GoldenComparison comparison)
    {
        double[] before = golden.Inputs.GetProperty("pre").Numbers(), y = golden.Inputs.GetProperty("y").Numbers(), arm = golden.Inputs.GetProperty("arm").Numbers();
        double[] Of(double[] values, double which) => [.. values.Where((_, i) => arm[i] == which)];
        var result = Cuped.Compare(Of(before, 0), Of(y, 0), Of(before, 1), Of(y, 1));
        comparison.Number("theta", result.Theta);
        comparison.Number("diff_raw", result.RawDifference);
        comparison.Number("diff_adjusted", result.AdjustedDifference);
        comparison.Number("se_adjusted", result.StandardError);
        comparison.Number("t_welch", result.T);
    }

    /// <summary>Whether the reference refused to give that output.</summary>
    private static bool Refusal(JsonElement outputs, string name) =>
        outputs.TryGetProperty("error", out _)
        || (outputs.TryGetProperty(name, out var output) && output.ValueKind == JsonValueKind.Object && output.TryGetProperty("error", out _));

    /// <summary>Passes where the library throws for the argument, or gives the answer that is documented for such input.</summary>
    private static void Refuses(GoldenComparison comparison, Func<bool> isDocumentedAnswer)
    {
        bool refused;
        try
        {
            refused = isDocumentedAnswer();
        }
        catch (ArgumentException)
        {
            refused = true;
        }
        comparison.Exactly("refused", true, refused);
    }

    /// <summary>Reads <c>0.8</c> and <c>_larger</c> from a name such as <c>prefix0.8_larger</c>.</summary>
    private static bool Number(string name, string prefix, out double number, out string rest)
    {
        (number, rest) = (0, "");
        if (!name.StartsWith(prefix, StringComparison.Ordinal)) { return false; }
        string tail = name[prefix.Length..];
        int end = tail.IndexOf('_', StringComparison.Ordinal);
        (string digits, rest) = end < 0 ? (tail, "") : (tail[..end], tail[end..]);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
