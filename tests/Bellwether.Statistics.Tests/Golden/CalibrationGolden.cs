using System.Text.Json;
using Bellwether.Statistics.Estimation;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class CalibrationGolden : IGoldenFamily
{
    private const int Bins = 10;

    public bool Reads(string file) => file.StartsWith("f_calibration", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        double[] scores = golden.Inputs.GetProperty("score").Numbers(), weights = golden.Inputs.Optional("sample_weight");
        double[] outcomes = golden.Inputs.GetProperty("y").Numbers();
        bool[] actual = [.. outcomes.Select(y => y > 0)];
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            var expected = output.Value;
            var tolerance = golden.Tolerance.GetProperty(golden.Tolerance.TryGetProperty(output.Name, out _) ? output.Name : "isotonic");
            if (expected.IsError())
            {
                comparison.Exactly($"{output.Name} is refused", true, Record.Exception(() => Fit(output.Name)) is ArgumentException);
                continue;
            }
            switch (output.Name)
            {
                case "isotonic":
                    var isotonic = IsotonicRegression.Fit(scores, outcomes, weights);
                    comparison.Numbers("x_thresholds", expected.GetProperty("x_thresholds"), [.. isotonic.Scores], tolerance);
                    comparison.Numbers("y_thresholds", expected.GetProperty("y_thresholds"), [.. isotonic.Values], tolerance);
                    comparison.Numbers("predictions", expected.GetProperty("predictions"), [.. Points(golden).Select(isotonic.Predict)], tolerance);
                    break;
                case "platt_sklearn" or "platt_converged":
                    var platt = PlattScaling.Fit(scores, actual, weights);
                    comparison.Number($"{output.Name}.a", expected.GetProperty("a"), platt.A, tolerance);
                    comparison.Number($"{output.Name}.b", expected.GetProperty("b"), platt.B, tolerance);
                    comparison.Numbers($"{output.Name}.predictions", expected.GetProperty("predictions"), [.. Points(golden).Select(platt.Predict)], tolerance);
                    break;
                case "calibration_curve_uniform":
                    Curve(comparison, output, ReliabilityCurve.BetweenEdges(scores, actual, ReliabilityCurve.EvenEdges(Bins)), tolerance);
                    break;
                case "calibration_curve_quantile":
                    Curve(comparison, output, ReliabilityCurve.BetweenEdges(scores, actual, ReliabilityCurve.QuantileEdges(scores, Bins)), tolerance);
                    break;
                case "unregularised_logistic":
                    var logistic = LogisticRegression.Fit(scores, outcomes, 0, weights);
                    using (var loose = JsonDocument.Parse("""{"rel": 1e-4, "abs": 1e-4}"""))
                    {
                        comparison.Number("coef", expected.GetProperty("coef"), logistic.Coefficients[0], loose.RootElement);
                        comparison.Number("intercept", expected.GetProperty("intercept"), logistic.Intercept, loose.RootElement);
                    }
                    break;
                default:
                    comparison.Fault($"unknown output {output.Name}");
                    break;
            }
        }

        object Fit(string name) => name == "isotonic" ? IsotonicRegression.Fit(scores, outcomes, weights) : PlattScaling.Fit(scores, actual, weights);
    }

    /// <summary>All methods of a case are asked at the points of its isotonic output.</summary>
    private static double[] Points(GoldenCase golden) => golden.Outputs.GetProperty("isotonic").GetProperty("predict_at").Numbers();

    private static void Curve(GoldenComparison comparison, JsonProperty output, ReliabilityCurve curve, JsonElement tolerance)
    {
        var used = curve.Bins.Where(bin => bin.Count > 0).ToArray();
        comparison.Numbers($"{output.Name}.prob_true", output.Value.GetProperty("prob_true"), [.. used.Select(bin => bin.PositiveShare)], tolerance);
        comparison.Numbers($"{output.Name}.prob_pred", output.Value.GetProperty("prob_pred"), [.. used.Select(bin => bin.MeanProbability)], tolerance);
    }
}
