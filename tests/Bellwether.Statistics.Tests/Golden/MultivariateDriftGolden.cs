using System.Text.Json;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>NannyML's measures of all columns together per chunk: reconstruction by principal components, and a classifier between chunk and reference.</summary>
internal sealed class MultivariateDriftGolden : IGoldenFamily
{
    private const double ErrorsShown = 3;

    public bool Reads(string file) => file.StartsWith("d_multivariate_drift", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (NannyMlChunks.TryRead(golden, comparison) is not { } chunks) { return; }
        if (golden.Function == "nannyml.DataReconstructionDriftCalculator") { Reconstruction(golden, comparison, chunks); }
        else { Classifier(golden, comparison, chunks); }
        chunks.Finish();
    }

    /// <summary>A chunk of the reference is told from the reference's other rows, one of the analysis from the whole reference.</summary>
    private static void Classifier(GoldenCase golden, GoldenComparison comparison, NannyMlChunks chunks)
    {
        const double near = .05;
        const string name = "domain_classifier_auroc";
        int columns = chunks.Columns.Count;
        var encoders = Codes(chunks);
        double[] reference = Rows(chunks, chunks.Reference, 0, chunks.Reference.RowCount, encoders);
        double[] areas = [.. chunks.Chunks.Select(Area)];
        chunks.LeaveOut(name);
        var expected = golden.Outputs.GetProperty("per_chunk").GetProperty($"{name}.value");
        comparison.Exactly("chunks", expected.GetArrayLength(), areas.Length);
        for (int i = 0; i < areas.Length; i++)
        {
            comparison.Exactly(
                $"{name}.value[{i}] {areas[i]:F4} lies within {near} of {expected[i].GetDouble():F4}", true, Math.Abs(areas[i] - expected[i].GetDouble()) <= near);
        }
        comparison.Otherwise("the area hangs on rounding: rows far from all that was learned are ranked by their scores' last digits, LightGBM's builds too differ by hundredths");

        double Area(NannyMlChunks.Chunk chunk)
        {
            if (!chunk.IsReference) { return DomainClassifier.Auc(reference, Rows(chunks, chunk.Table, chunk.First, chunk.Count, encoders), columns); }
            bool[] isChunk = new bool[chunks.Reference.RowCount];
            Array.Fill(isChunk, true, chunk.First, chunk.Count);
            double area = DomainClassifier.Auc(reference, isChunk, columns);
            return double.IsNaN(area) ? .5 : area; // Of one chunk that is the whole reference NannyML says a half, where we cannot tell.
        }
    }

    /// <summary>Categories of both tables by their place in order.</summary>
    private static Dictionary<string, Func<string?, double>> Codes(NannyMlChunks chunks) => chunks.Columns.Where(column => !chunks.Reference.IsNumeric(column))
        .ToDictionary(column => column, Func<string?, double> (column) =>
        {
            string[] all = [.. chunks.Reference.Text(column).Concat(chunks.Analysis.Text(column)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            return value => value is null ? double.NaN : Array.IndexOf(all, value);
        });

    private static void Reconstruction(GoldenCase golden, GoldenComparison comparison, NannyMlChunks chunks)
    {
        var encoders = chunks.Columns.Where(column => !chunks.Reference.IsNumeric(column))
            .ToDictionary(column => column, Func<string?, double> (column) => CategoryShares.Fit(chunks.Reference.Text(column)).Of);
        double[] all = Rows(chunks, chunks.Reference, 0, chunks.Reference.RowCount, encoders);
        var components = PcaReconstruction.Fit(all, chunks.Columns.Count);
        comparison.Exactly("pca_components", golden.Outputs.GetProperty("pca_components").GetInt32(), components.ExplainedShares.Count);
        comparison.Numbers("explained_variance_ratio", [.. components.ExplainedShares]);
        PcaReconstruction.Result[] errors = [.. chunks.Chunks.Select(chunk => components.Error(Rows(chunks, chunk.Table, chunk.First, chunk.Count, encoders)))];
        double[] ofReference = [.. errors.Where((_, i) => chunks.Chunks[i].IsReference).Select(error => error.Mean)];
        var (lower, upper) = new StandardDeviationThreshold().Of(ofReference);
        lower = lower < 0 ? null : lower;
        const string name = "reconstruction_error";
        chunks.Numbers($"{name}.value", errors.Select(error => (double?)error.Mean));
        chunks.Numbers($"{name}.sampling_error", errors.Select(error => (double?)error.StandardError));
        chunks.Numbers($"{name}.upper_confidence_boundary", errors.Select(error => (double?)(error.Mean + ErrorsShown * error.StandardError)));
        chunks.Numbers($"{name}.lower_confidence_boundary", errors.Select(error => (double?)Math.Max(error.Mean - ErrorsShown * error.StandardError, 0)));
        chunks.Numbers($"{name}.upper_threshold", errors.Select(_ => upper));
        chunks.Numbers($"{name}.lower_threshold", errors.Select(_ => lower));
        chunks.Flags($"{name}.alert", errors.Select(error => !(error.Mean > (lower ?? double.NegativeInfinity) && error.Mean < (upper ?? double.PositiveInfinity))));
    }

    private static double[] Rows(NannyMlChunks chunks, GoldenTable table, int first, int count, Dictionary<string, Func<string?, double>> encoders)
    {
        double[] rows = new double[count * chunks.Columns.Count];
        for (int column = 0; column < chunks.Columns.Count; column++)
        {
            string name = chunks.Columns[column];
            double[] values = encoders.TryGetValue(name, out var encode) ? [.. table.Text(name).Select(encode)] : table.Numbers(name);
            for (int i = 0; i < count; i++) { rows[i * chunks.Columns.Count + column] = values[first + i]; }
        }
        return rows;
    }
}
