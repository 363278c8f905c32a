using System.Globalization;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class RegressionGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("b_regression", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        double[] y = golden.Inputs.GetProperty("y_true").Numbers(), p = golden.Inputs.GetProperty("y_pred").Numbers(), w = golden.Inputs.Optional("sample_weight");
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            comparison.Measure(output.Name, output.Value, golden.Tolerance, () => output.Name switch
            {
                "mae" => RegressionMeasures.MeanAbsoluteError(p, y, w),
                "mse" => RegressionMeasures.MeanSquaredError(p, y, w),
                "rmse" => RegressionMeasures.RootMeanSquareError(p, y, w),
                "msle" => RegressionMeasures.MeanSquaredLogError(p, y, w),
                "rmsle" => RegressionMeasures.RootMeanSquaredLogError(p, y, w),
                "mape" => RegressionMeasures.MeanAbsolutePercentageError(p, y, w),
                "r2" => RegressionMeasures.R2(p, y, w),
                "explained_variance" => RegressionMeasures.ExplainedVariance(p, y, w),
                "median_ae" => RegressionMeasures.MedianAbsoluteError(p, y, w),
                "max_error" => RegressionMeasures.MaxError(p, y),
                "mean_error_bias" => RegressionMeasures.MeanError(p, y, w),
                "d2_absolute_error" => RegressionMeasures.AbsoluteErrorExplained(p, y, w),
                "pearson" => RegressionMeasures.Pearson(p, y),
                "spearman" => RegressionMeasures.Spearman(p, y),
                _ when output.Name.StartsWith("pinball_", StringComparison.Ordinal) =>
                    RegressionMeasures.Pinball(p, y, double.Parse(output.Name["pinball_".Length..], CultureInfo.InvariantCulture), w),
                _ => throw new NotSupportedException(output.Name),
            });
        }
    }
}
