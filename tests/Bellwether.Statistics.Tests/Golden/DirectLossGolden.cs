using Bellwether.Statistics.Estimation;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class DirectLossGolden : IGoldenFamily
{
    private static readonly Dictionary<string, RegressionMeasure> Names = new()
    {
        ["mae"] = RegressionMeasure.MeanAbsoluteError,
        ["mape"] = RegressionMeasure.MeanAbsolutePercentageError,
        ["mse"] = RegressionMeasure.MeanSquaredError,
        ["msle"] = RegressionMeasure.MeanSquaredLogError,
        ["rmse"] = RegressionMeasure.RootMeanSquareError,
        ["rmsle"] = RegressionMeasure.RootMeanSquaredLogError,
    };

    public bool Reads(string file) => file.StartsWith("d_dle", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        string[] features = [.. golden.Params.GetProperty("features").EnumerateArray().Select(item => item.GetString()!)];
        var reference = Rows.Load(golden, "reference", features);
        var analysis = Rows.Load(golden, "analysis", features);
        var chunks = new ChunkTable(reference.Actual.Length, analysis.Actual.Length, golden.Params.GetProperty("chunk_size").GetInt32());
        var perChunk = golden.Outputs.GetProperty("per_chunk");
        bool estimated = golden.Function == "nannyml.DLE";
        var exact = estimated ? golden.Tolerance.GetProperty("thresholds") : golden.Tolerance;
        chunks.CompareExtents(comparison, perChunk);
        foreach (string name in golden.Params.GetProperty("metrics").EnumerateArray().Select(item => item.GetString()!))
        {
            var measure = Names[name];
            var estimator = DirectLossEstimator.Fit(measure, reference.Features, reference.Predicted, reference.Actual);
            double[] realised = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Realised(measure, chunk.Start, chunk.End))];
            double[] errors = [.. chunks.Chunks.Select(chunk => estimator.SamplingError(chunk.End - chunk.Start))];
            ChunkTable.Compare(comparison, perChunk, $"{name}.sampling_error", errors, exact);
            double[] known = [.. realised.Select((value, i) => estimated && !chunks.Chunks[i].IsReference ? double.NaN : value)];
            if (!estimated)
            {
                ChunkTable.Compare(comparison, perChunk, $"{name}.value", realised, exact);
                chunks.CompareThresholds(comparison, perChunk, name, realised, chunks.Thresholds(realised, 0, null), exact);
                continue;
            }
            if (name is "rmse" or "rmsle") // Here, and in the thresholds that follow, that tool takes the root twice.
            {
                realised = [.. realised.Select(Math.Sqrt)];
                known = [.. known.Select(Math.Sqrt)];
            }
            ChunkTable.Compare(comparison, perChunk, $"{name}.realized", known, exact);
            var limits = chunks.Thresholds(realised, 0, null);
            ChunkTable.Compare(comparison, perChunk, $"{name}.lower_threshold", [.. errors.Select(_ => limits.Lower!.Value)], exact);
            ChunkTable.Compare(comparison, perChunk, $"{name}.upper_threshold", [.. errors.Select(_ => limits.Upper!.Value)], exact);
            PerformanceEstimate[] estimates = [.. chunks.Chunks.Select(chunk => (chunk.IsReference ? reference : analysis).Estimate(estimator, chunk.Start, chunk.End))];
            Loosely(golden, comparison, $"{name}.value", [.. estimates.Select(estimate => estimate.Value)], errors);
        }
    }

    /// <summary>Within the tolerance given, or within twice the estimate's own sampling error where other trees split elsewhere.</summary>
    private static void Loosely(GoldenCase golden, GoldenComparison comparison, string column, double[] values, double[] errors)
    {
        double relative = golden.Tolerance.GetProperty("estimate").GetProperty("rel").GetDouble();
        double[] expected = golden.Outputs.GetProperty("per_chunk").GetProperty(column).Numbers();
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(values[i] - expected[i]);
            comparison.Exactly($"{column}[{i}] {values[i]} is near {expected[i]}", true, difference <= Math.Max(relative * expected[i], 2 * errors[i]));
            if (difference > relative * expected[i]) { comparison.Otherwise("the trees are ours and not LightGBM's; where theirs differ by more than the tolerance they do by less than two sampling errors"); }
        }
    }

    private sealed record Rows(double[] Features, double[] Predicted, double[] Actual, int Width)
    {
        public static Rows Load(GoldenCase golden, string part, string[] features)
        {
            var csv = CsvColumns.Load(golden.Inputs.GetProperty(part));
            double[][] columns = [.. features.Select(csv.Numbers)];
            return new Rows(
                [.. Enumerable.Range(0, csv.Rows).SelectMany(i => columns.Select(column => column[i]))], csv.Numbers("y_pred"), csv.Numbers("y_true"), features.Length);
        }

        public double Realised(RegressionMeasure measure, int start, int end) =>
            DirectLossEstimator.Realized(measure, Predicted.AsSpan(start..end), Actual.AsSpan(start..end));

        public PerformanceEstimate Estimate(DirectLossEstimator estimator, int start, int end) =>
            estimator.Estimate(Features.AsSpan((start * Width)..(end * Width)), Predicted.AsSpan(start..end));
    }
}
