using Bellwether.Statistics.Drift;
using AndersonDarlingTest = Bellwether.Statistics.Drift.AndersonDarling;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Tests of k samples, against scipy. They share a file with other families, which ask here first.</summary>
internal static class KSampleGolden
{
    /// <summary>Answers the case if it is one of a test of k samples.</summary>
    public static bool TryAnswer(GoldenCase golden, GoldenComparison comparison)
    {
        switch (golden.Function)
        {
            case "scipy.stats.anderson_ksamp":
                AndersonDarling(golden, comparison, Samples(golden));
                return true;
            case "scipy.stats.kruskal":
                Kruskal(golden, comparison, Samples(golden));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Compares Anderson and Darling's test; a refusal of the other library is answered by NaN or a refusal of ours.</summary>
    public static void AndersonDarling(GoldenCase golden, GoldenComparison comparison, ReadOnlyMemory<double>[] samples)
    {
        AndersonDarlingResult actual;
        try
        {
            actual = AndersonDarlingTest.KSample(samples, golden.Params.GetProperty("midrank").GetBoolean());
        }
        catch (ArgumentException) when (golden.Outputs.TryGetProperty("error", out _))
        {
            actual = new AndersonDarlingResult(double.NaN, double.NaN);
        }
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            if (output.Name == "error") { comparison.Exactly("refused", true, double.IsNaN(actual.PValue)); }
            else if (output.Name == "statistic") { comparison.Number(output.Name, actual.Statistic); }
            else if (output.Name == "critical_values") { comparison.Numbers(output.Name, AndersonDarlingTest.CriticalValues(samples.Length)); }
            else if (output.Name.StartsWith("significance_level", StringComparison.Ordinal)) { comparison.Number(output.Name, actual.PValue); }
        }
    }

    private static void Kruskal(GoldenCase golden, GoldenComparison comparison, ReadOnlyMemory<double>[] samples)
    {
        if (golden.Outputs.TryGetProperty("error", out _))
        {
            bool refused;
            try { refused = double.IsNaN(KruskalWallis.Test(samples).PValue); }
            catch (ArgumentException) { refused = true; }
            comparison.Exactly("refused", true, refused);
            return;
        }
        var actual = KruskalWallis.Test(samples);
        comparison.Number("statistic", actual.Statistic);
        comparison.Number("pvalue", actual.PValue);
    }

    private static ReadOnlyMemory<double>[] Samples(GoldenCase golden) =>
        [.. golden.Inputs.GetProperty("samples").EnumerateArray().Select(sample => (ReadOnlyMemory<double>)sample.Numbers())];
}
