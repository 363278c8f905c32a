using System.Globalization;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Performance;

namespace Bellwether.Monitoring.Performance;

/// <summary>What outcomes say of the predictions of one window.</summary>
/// <param name="Outcomes">Rows whose outcome was known.</param>
public sealed record RealisedPerformance(long Rows, long Outcomes, IReadOnlyDictionary<string, MeasureReport> Measures);

/// <summary>Measures of rows with outcomes, exact, with 95 % intervals. Rows without a usable prediction or outcome are left out of the measure.</summary>
public static class PerformanceMeasures
{
    /// <summary>Measures over rows [first, first + count) with the outcomes known at an instant.</summary>
    public static RealisedPerformance Of(CompiledPlan plan, JoinedRows rows, int first, int count, long knownAt)
    {
        var known = new List<int>(count);
        for (int i = first; i < first + count; i++)
        {
            if (rows.KnownAt[i] <= knownAt) { known.Add(i); }
        }
        var measures = plan.Task switch
        {
            ModelTask.Binary => Binary(plan, rows, known),
            ModelTask.Multiclass => Multiclass(rows, known),
            ModelTask.Regression => Regression(rows, known),
            _ => [],
        };
        return new RealisedPerformance(count, known.Count, measures);
    }

    /// <summary>An estimate as it is reported. One beyond what a number holds, as the mean of squares of 1e200, cannot be told.</summary>
    public static MeasureReport Report(Estimate estimate) => estimate.State == MeasureState.Ok && double.IsFinite(estimate.Value)
        ? new MeasureReport(estimate.Value, Finite(estimate.Low), Finite(estimate.High), true, "ok")
        : new MeasureReport(null, null, null, true, estimate.State switch
        {
            MeasureState.Ok => "notFinite",
            MeasureState.TooFew => "tooFew",
            MeasureState.OneClass => "oneClass",
            MeasureState.Constant => "constant",
            _ => "noOutcomes",
        });

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static Dictionary<string, MeasureReport> Binary(CompiledPlan plan, JoinedRows rows, List<int> known)
    {
        var predicted = new List<bool>(known.Count);
        var actual = new List<bool>(known.Count);
        var scores = new List<double>(known.Count);
        var scored = new List<bool>(known.Count);
        foreach (int i in known)
        {
            bool positive = plan.IsPositive(rows.Outcomes[i], rows.OutcomeTexts[i]);
            if (!double.IsNaN(rows.Scores[i]))
            {
                scores.Add(rows.Scores[i]);
                scored.Add(positive);
            }
            bool answered = rows.PredictionTexts[i] is not null || !double.IsNaN(rows.Predictions[i]);
            if (!answered && double.IsNaN(rows.Scores[i])) { continue; }
            predicted.Add(answered ? plan.IsPositive(rows.Predictions[i], rows.PredictionTexts[i]) : rows.Scores[i] >= plan.Threshold);
            actual.Add(positive);
        }
        bool[] p = [.. predicted], a = [.. actual];
        return new Dictionary<string, MeasureReport>(StringComparer.Ordinal)
        {
            ["accuracy"] = Report(BinaryPerformance.Accuracy(p, a)),
            ["precision"] = Report(BinaryPerformance.Precision(p, a)),
            ["recall"] = Report(BinaryPerformance.Recall(p, a)),
            ["f1"] = Report(BinaryPerformance.F1(p, a)),
            ["auc"] = Report(BinaryPerformance.RocAuc(scores.ToArray(), scored.ToArray())),
        };
    }

    private static Dictionary<string, MeasureReport> Multiclass(JoinedRows rows, List<int> known)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var predicted = new List<int>(known.Count);
        var actual = new List<int>(known.Count);
        foreach (int i in known)
        {
            if (Label(rows.Predictions[i], rows.PredictionTexts[i]) is not { } answer || Label(rows.Outcomes[i], rows.OutcomeTexts[i]) is not { } truth) { continue; }
            predicted.Add(Code(labels, answer));
            actual.Add(Code(labels, truth));
        }
        return new Dictionary<string, MeasureReport>(StringComparer.Ordinal)
        {
            ["accuracy"] = Report(MulticlassPerformance.Accuracy(predicted.ToArray(), actual.ToArray())),
            ["macroF1"] = Report(MulticlassPerformance.MacroF1(predicted.ToArray(), actual.ToArray())),
        };
    }

    private static Dictionary<string, MeasureReport> Regression(JoinedRows rows, List<int> known)
    {
        var predicted = new List<double>(known.Count);
        var actual = new List<double>(known.Count);
        foreach (int i in known)
        {
            if (!double.IsFinite(rows.Predictions[i]) || !double.IsFinite(rows.Outcomes[i])) { continue; }
            predicted.Add(rows.Predictions[i]);
            actual.Add(rows.Outcomes[i]);
        }
        return new Dictionary<string, MeasureReport>(StringComparer.Ordinal)
        {
            ["mae"] = Report(RegressionPerformance.MeanAbsoluteError(predicted.ToArray(), actual.ToArray())),
            ["rmse"] = Report(RegressionPerformance.RootMeanSquareError(predicted.ToArray(), actual.ToArray())),
        };
    }

    private static string? Label(double number, string? text) => text ?? (double.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture));

    private static int Code(Dictionary<string, int> labels, string label)
    {
        if (!labels.TryGetValue(label, out int code)) { labels[label] = code = labels.Count; }
        return code;
    }
}
