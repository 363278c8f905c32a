using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class CurvesGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("b_curves", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        bool[] actual = golden.Inputs.GetProperty("y_true").Flags();
        double[] scores = golden.Inputs.GetProperty("y_score").Numbers(), weights = golden.Inputs.Optional("sample_weight");
        if (golden.Outputs.EnumerateObject().All(output => output.Value.IsError()))
        {
            comparison.Exactly("is refused", true, Record.Exception(() => RocCurve.Of(scores, actual, weights)) is ArgumentException);
            return;
        }
        var roc = RocCurve.Of(scores, actual, weights);
        var curve = PrecisionRecallCurve.Of(scores, actual, weights);
        comparison.Numbers("fpr", [.. roc.FalsePositiveRates]);
        comparison.Numbers("tpr", [.. roc.TruePositiveRates]);
        comparison.Numbers("roc_thresholds", [.. roc.Thresholds]);
        comparison.Numbers("precision", [.. curve.Precisions]);
        comparison.Numbers("recall", [.. curve.Recalls]);
        comparison.Numbers("pr_thresholds", [.. curve.Thresholds]);
    }
}
