using System.Text.Json;
using Bellwether.Statistics.Estimation;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class CbpeGolden : IGoldenFamily
{
    private static readonly Dictionary<string, BinaryMeasure> Names = new()
    {
        ["roc_auc"] = BinaryMeasure.RocAuc,
        ["average_precision"] = BinaryMeasure.AveragePrecision,
        ["f1"] = BinaryMeasure.F1,
        ["precision"] = BinaryMeasure.Precision,
        ["recall"] = BinaryMeasure.Recall,
        ["specificity"] = BinaryMeasure.Specificity,
        ["accuracy"] = BinaryMeasure.Accuracy,
    };

    public bool Reads(string file) => file.StartsWith("d_cbpe_binary", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (!CsvColumns.Reads(golden.Inputs.GetProperty("reference")))
        {
            comparison.Excuse("its inputs are Parquet");
            return;
        }
        var reference = Rows.Load(golden, "reference");
        var analysis = Rows.Load(golden, "analysis");
        var chunks = new ChunkTable(reference.Scores.Length, analysis.Scores.Length, golden.Params.GetProperty("chunk_size").GetInt32());
        var perChunk = golden.Outputs.GetProperty("per_chunk");
        bool estimated = golden.Function == "nannyml.CBPE";
        chunks.CompareExtents(comparison, perChunk);
        var cbpe = Cbpe.Fit(reference.Scores, reference.Predicted, reference.Actual);
        if (estimated)
        {
            comparison.Exactly("needs_calibration", golden.Outputs.GetProperty("needs_calibration").GetBoolean(), cbpe.Calibrator is not null);
            if (cbpe.Calibrator is { } calibrator && golden.Outputs.TryGetProperty("isotonic_calibrator", out var thresholds))
            {
                comparison.Numbers("x_thresholds", thresholds.GetProperty("x_thresholds"), [.. calibrator.Scores], golden.Tolerance);
                comparison.Numbers("y_thresholds", thresholds.GetProperty("y_thresholds"), [.. calibrator.Values], golden.Tolerance);
            }
        }
        foreach (string name in golden.Params.GetProperty("metrics").EnumerateArray().Select(item => item.GetString()!))
        {
            var measure = Names[name];
            // With outcomes the reference's thresholds are the same; without, what is watched has no realised value.
            double[] realised = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Realised(measure, chunk.Start, chunk.End, estimated && !chunk.IsReference))];
            PerformanceEstimate[] estimates = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Estimate(cbpe, measure, chunk.Start, chunk.End))];
            double[] values = estimated ? [.. estimates.Select(estimate => estimate.Value)] : realised;
            ChunkTable.Compare(comparison, perChunk, $"{name}.value", values, golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.realized", realised, golden.Tolerance);
            chunks.CompareThresholds(comparison, perChunk, name, values, chunks.Thresholds(realised, 0, 1), golden.Tolerance);
            if (measure == BinaryMeasure.AveragePrecision)
            {
                Resampled(comparison, perChunk, [.. estimates.Select(estimate => estimate.SamplingError)]);
                continue;
            }
            ChunkTable.Compare(comparison, perChunk, $"{name}.sampling_error", [.. estimates.Select(estimate => estimate.SamplingError)], golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.lower_confidence_boundary", [.. estimates.Select(estimate => estimate.Low)], golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.upper_confidence_boundary", [.. estimates.Select(estimate => estimate.High)], golden.Tolerance);
        }
    }

    /// <summary>That tool draws this error from fifty resamples without a seed, so that two of its own runs differ by a third; ours need only be of the size.</summary>
    private static void Resampled(GoldenComparison comparison, JsonElement perChunk, double[] errors)
    {
        comparison.Otherwise("the sampling error of average precision is computed and not drawn; all other columns are compared");
        using var loose = JsonDocument.Parse("""{"rel": 0.5}""");
        ChunkTable.Compare(comparison, perChunk, "average_precision.sampling_error", errors, loose.RootElement);
    }

    private sealed record Rows(double[] Scores, bool[] Predicted, bool[] Actual)
    {
        public static Rows Load(GoldenCase golden, string part)
        {
            var csv = CsvColumns.Load(golden.Inputs.GetProperty(part));
            double[] scores = csv.Numbers(csv.First("y_pred_proba", "predicted_probability"));
            bool[] predicted = csv.Flags(csv.First("y_pred", "prediction"));
            if (csv.Has("clf_target") || csv.Has("y_true")) { return new Rows(scores, predicted, csv.Flags(csv.First("clf_target", "y_true"))); }
            var truth = CsvColumns.Load(golden.Inputs.GetProperty("truth"));
            var outcomes = truth.Texts("id").Zip(truth.Flags(truth.First("clf_target", "y_true", "employed"))).ToDictionary();
            return new Rows(scores, predicted, [.. csv.Texts("id").Select(id => outcomes[id])]);
        }

        public double Realised(BinaryMeasure measure, int start, int end, bool unknown) =>
            unknown ? double.NaN : Cbpe.Realized(measure, Scores.AsSpan(start..end), Predicted.AsSpan(start..end), Actual.AsSpan(start..end));

        public PerformanceEstimate Estimate(Cbpe cbpe, BinaryMeasure measure, int start, int end) =>
            cbpe.Estimate(Scores.AsSpan(start..end), Predicted.AsSpan(start..end))[measure];
    }
}
