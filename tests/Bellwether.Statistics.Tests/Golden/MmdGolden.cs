using System.Text.Json;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Squared maximum mean discrepancies by definition.</summary>
internal sealed class MmdGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("a_mmd", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        var x = golden.Inputs.GetProperty("x");
        int columns = x[0].GetArrayLength();
        double[] reference = Rows(x), current = Rows(golden.Inputs.GetProperty("y"));
        var asked = golden.Params.GetProperty("sigma");
        double sigma = asked.ValueKind == JsonValueKind.Number ? asked.GetDouble() : RbfKernel.MedianBandwidth(reference, current, columns);
        comparison.Number("sigma", sigma);
        comparison.Number("mmd2_unbiased", MaximumMeanDiscrepancy.Unbiased(reference, current, columns, sigma));
        comparison.Number("mmd2_biased", MaximumMeanDiscrepancy.Biased(reference, current, columns, sigma));
    }

    private static double[] Rows(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(row => row.Numbers())];
}
