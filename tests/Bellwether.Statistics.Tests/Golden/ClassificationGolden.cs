using System.Globalization;
using System.Text.Json;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class ClassificationGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("b_classification", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (golden.Inputs.TryGetProperty("y_proba", out _)) { Multiclass(golden, comparison); } else { Binary(golden, comparison); }
    }

    private static void Binary(GoldenCase golden, GoldenComparison comparison)
    {
        bool[] actual = golden.Inputs.GetProperty("y_true").Flags(), predicted = golden.Inputs.GetProperty("y_pred").Flags();
        double[] scores = golden.Inputs.GetProperty("y_score").Numbers(), weights = golden.Inputs.Optional("sample_weight");
        var table = ConfusionTable.Of(predicted, actual, weights);
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            if (output.NameEquals("confusion_matrix_tn_fp_fn_tp"))
            {
                comparison.Numbers(output.Name, [table.TrueNegatives, table.FalsePositives, table.FalseNegatives, table.TruePositives]);
            }
            else if (output.Name.StartsWith("ece_", StringComparison.Ordinal)) { Reliability(output, scores, actual, comparison, golden.Tolerance); }
            else
            {
                comparison.Measure(output.Name, output.Value, golden.Tolerance, () => output.Name switch
                {
                    "accuracy" => table.Accuracy(),
                    "balanced_accuracy" => table.BalancedAccuracy(),
                    "precision" => table.Precision(undefined: 0),
                    "recall" => table.Recall(undefined: 0),
                    "specificity" => table.Specificity(undefined: 0),
                    "npv" => table.NegativePredictiveValue(undefined: 0),
                    "jaccard" => table.Jaccard(undefined: 0),
                    "f1" => table.F(1, undefined: 0),
                    "f2" => table.F(2, undefined: 0),
                    "mcc" => table.Mcc(),
                    "cohen_kappa" => table.Kappa(),
                    "roc_auc" => ScoreMeasures.RocAuc(scores, actual, weights),
                    "gini" => 2 * ScoreMeasures.RocAuc(scores, actual, weights) - 1,
                    "average_precision" => AveragePrecision(scores, actual, weights),
                    "ks_of_scores" => ScoreMeasures.KolmogorovSmirnov(Ranked(scores), actual, weights),
                    "log_loss_eps_auto" => ScoreMeasures.LogLoss(scores, actual, weights),
                    "brier" => ScoreMeasures.Brier(scores, actual, weights),
                    _ => throw new NotSupportedException(output.Name),
                });
            }
        }
    }

    /// <summary>Without a positive the area is 0 for scikit-learn, as its other ratios of nothing are, and unknown for us.</summary>
    private static double AveragePrecision(double[] scores, bool[] actual, double[] weights)
    {
        double area = ScoreMeasures.AveragePrecision(scores, actual, weights);
        return double.IsNaN(area) && actual.Length > 0 ? 0 : area;
    }

    /// <summary>scipy ranks what is no number above every number; we refuse it, so it is asked as the highest.</summary>
    private static double[] Ranked(double[] scores) => [.. scores.Select(score => double.IsNaN(score) ? double.PositiveInfinity : score)];

    private static void Reliability(JsonProperty output, double[] scores, bool[] actual, GoldenComparison comparison, JsonElement tolerance)
    {
        int bins = int.Parse(output.Name[(output.Name.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture);
        var curve = output.Name.StartsWith("ece_width", StringComparison.Ordinal)
            ? ReliabilityCurve.EqualWidth(scores, actual, bins)
            : ReliabilityCurve.EqualMass(scores, actual, bins);
        comparison.Number(output.Name + ".ece", output.Value.GetProperty("ece"), curve.ExpectedError, tolerance);
        comparison.Number(output.Name + ".mce", output.Value.GetProperty("mce"), curve.MaximumError, tolerance);
        comparison.Number(output.Name + ".rmsce", output.Value.GetProperty("rmsce"), curve.RootMeanSquareError, tolerance);
        var expected = output.Value.GetProperty("bins").EnumerateArray().ToArray();
        comparison.Exactly(output.Name + ".bins", expected.Length, curve.Bins.Count);
        foreach (var (bin, actualBin) in expected.Zip(curve.Bins))
        {
            comparison.Numbers(output.Name + ".bins", bin, [actualBin.Count, actualBin.MeanProbability, actualBin.PositiveShare], tolerance);
        }
    }

    private static void Multiclass(GoldenCase golden, GoldenComparison comparison)
    {
        int[] actual = golden.Inputs.GetProperty("y_true").Labels(), predicted = golden.Inputs.GetProperty("y_pred").Labels();
        double[][] rows = [.. golden.Inputs.GetProperty("y_proba").EnumerateArray().Select(row => row.Numbers())];
        double[] scores = [.. rows.SelectMany(row => row)], weights = golden.Inputs.Optional("sample_weight");
        int classes = rows.Length == 0 ? 2 : rows[0].Length;
        var matrix = ConfusionMatrix.Of(predicted, actual, weights);
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            switch (output.Name)
            {
                case "confusion_matrix":
                    foreach (var (row, i) in output.Value.EnumerateArray().Select((row, i) => (row, i)))
                    {
                        comparison.Numbers(output.Name, row, [.. Enumerable.Range(0, matrix.Labels.Count).Select(j => matrix[i, j])], golden.Tolerance);
                    }
                    break;
                case "per_class_f1":
                    comparison.Numbers(output.Name, [.. Enumerable.Range(0, matrix.Labels.Count).Select(k => matrix.OneVersusRest(k).F(1, undefined: 0))]);
                    break;
                default:
                    comparison.Measure(output.Name, output.Value, golden.Tolerance, () => Value(output.Name));
                    break;
            }
        }

        double Value(string name) => name switch
        {
            "accuracy" => matrix.Accuracy(),
            "balanced_accuracy" => matrix.BalancedAccuracy(),
            "precision_micro" => matrix.Precision(Averaging.Micro),
            "recall_micro" => matrix.Recall(Averaging.Micro),
            "f1_micro" => matrix.F1(Averaging.Micro),
            "precision_macro" => matrix.Precision(Averaging.Macro),
            "recall_macro" => matrix.Recall(Averaging.Macro),
            "f1_macro" => matrix.F1(Averaging.Macro),
            "precision_weighted" => matrix.Precision(Averaging.Weighted),
            "recall_weighted" => matrix.Recall(Averaging.Weighted),
            "f1_weighted" => matrix.F1(Averaging.Weighted),
            "mcc" => matrix.Mcc(),
            "cohen_kappa" => matrix.Kappa(),
            "cohen_kappa_quadratic" => matrix.Kappa(quadratic: true),
            "roc_auc_ovr_macro" => MulticlassScores.RocAucOneVersusRest(scores, actual, classes, Averaging.Macro, weights),
            "roc_auc_ovr_weighted" => MulticlassScores.RocAucOneVersusRest(scores, actual, classes, Averaging.Weighted, weights),
            "roc_auc_ovo_macro" => MulticlassScores.RocAucOneVersusOne(scores, actual, classes, weights),
            "log_loss" => MulticlassScores.LogLoss(scores, actual, classes, weights),
            "top2_accuracy" => MulticlassScores.TopAccuracy(scores, actual, classes, 2, weights),
            _ => throw new NotSupportedException(name),
        };
    }
}
