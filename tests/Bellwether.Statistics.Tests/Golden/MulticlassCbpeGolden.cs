using Bellwether.Statistics.Estimation;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class MulticlassCbpeGolden : IGoldenFamily
{
    private const string ProbabilityPrefix = "proba_";

    private static readonly Dictionary<string, MulticlassMeasure> Names = new()
    {
        ["roc_auc"] = MulticlassMeasure.RocAuc,
        ["f1"] = MulticlassMeasure.F1,
        ["precision"] = MulticlassMeasure.Precision,
        ["recall"] = MulticlassMeasure.Recall,
        ["specificity"] = MulticlassMeasure.Specificity,
        ["accuracy"] = MulticlassMeasure.Accuracy,
    };

    public bool Reads(string file) => file.StartsWith("d_cbpe_multiclass", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        string[] labels = [.. CsvColumns.Load(golden.Inputs.GetProperty("reference")).Names.Where(name => name.StartsWith(ProbabilityPrefix, StringComparison.Ordinal))
            .Select(name => name[ProbabilityPrefix.Length..]).Order(StringComparer.Ordinal)];
        var reference = Rows.Load(golden, "reference", labels);
        var analysis = Rows.Load(golden, "analysis", labels);
        var chunks = new ChunkTable(reference.Actual.Length, analysis.Actual.Length, golden.Params.GetProperty("chunk_size").GetInt32());
        var perChunk = golden.Outputs.GetProperty("per_chunk");
        bool estimated = golden.Function == "nannyml.CBPE";
        chunks.CompareExtents(comparison, perChunk);
        var cbpe = MulticlassCbpe.Fit(reference.Probabilities, reference.Predicted, reference.Actual, labels.Length);
        // The case's needs_calibration is that tool's field for two classes, never set here; its labels' decisions show in every estimate.
        foreach (var (name, measure) in Names.Where(pair => perChunk.TryGetProperty($"{pair.Key}.value", out _)))
        {
            double[] realised = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Realised(measure, chunk.Start, chunk.End, labels.Length, estimated && !chunk.IsReference))];
            PerformanceEstimate[] estimates = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Estimate(cbpe, measure, chunk.Start, chunk.End, labels.Length))];
            double[] values = estimated ? [.. estimates.Select(estimate => estimate.Value)] : realised;
            ChunkTable.Compare(comparison, perChunk, $"{name}.value", values, golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.realized", realised, golden.Tolerance);
            chunks.CompareThresholds(comparison, perChunk, name, values, chunks.Thresholds(realised, 0, 1), golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.sampling_error", [.. estimates.Select(estimate => estimate.SamplingError)], golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.lower_confidence_boundary", [.. estimates.Select(estimate => estimate.Low)], golden.Tolerance);
            ChunkTable.Compare(comparison, perChunk, $"{name}.upper_confidence_boundary", [.. estimates.Select(estimate => estimate.High)], golden.Tolerance);
        }
    }

    private sealed record Rows(double[] Probabilities, int[] Predicted, int[] Actual)
    {
        public static Rows Load(GoldenCase golden, string part, string[] labels)
        {
            var csv = CsvColumns.Load(golden.Inputs.GetProperty(part));
            double[][] columns = [.. labels.Select(label => csv.Numbers(ProbabilityPrefix + label))];
            return new Rows(
                [.. Enumerable.Range(0, csv.Rows).SelectMany(i => columns.Select(column => column[i]))],
                [.. csv.Texts("y_pred").Select(label => Array.IndexOf(labels, label))],
                [.. csv.Texts("y_true").Select(label => Array.IndexOf(labels, label))]);
        }

        public double Realised(MulticlassMeasure measure, int start, int end, int classes, bool unknown) => unknown
            ? double.NaN
            : MulticlassCbpe.Realized(measure, Probabilities.AsSpan((start * classes)..(end * classes)), Predicted.AsSpan(start..end), Actual.AsSpan(start..end), classes);

        public PerformanceEstimate Estimate(MulticlassCbpe cbpe, MulticlassMeasure measure, int start, int end, int classes) =>
            cbpe.Estimate(Probabilities.AsSpan((start * classes)..(end * classes)), Predicted.AsSpan(start..end))[measure];
    }
}
