using Bellwether.Statistics.Performance;
using Bellwether.Statistics.Quality;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>NannyML's figures of data quality and plain statistics per chunk.</summary>
internal sealed class DataQualityGolden : IGoldenFamily
{
    private const double ErrorsShown = 3;

    public bool Reads(string file) => file.StartsWith("d_data_quality", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (NannyMlChunks.TryRead(golden, comparison) is not { } chunks) { return; }
        bool shares = !golden.Params.TryGetProperty("normalize", out var normalize) || normalize.GetBoolean();
        foreach (string column in chunks.Columns)
        {
            switch (golden.Function)
            {
                case "nannyml.MissingValuesCalculator":
                    Missing(chunks, column, shares);
                    break;
                case "nannyml.UnseenValuesCalculator":
                    Unseen(chunks, column, shares);
                    break;
                case "nannyml.SummaryStatsavg":
                    Statistic(chunks, column, values => ColumnStatistics.Mean(values), (errors, rows) => errors.Mean(rows));
                    break;
                case "nannyml.SummaryStatsstd":
                    Deviation(chunks, column);
                    break;
                case "nannyml.SummaryStatssum":
                    Statistic(chunks, column, values => ColumnStatistics.Sum(values), (errors, rows) => errors.Sum(rows));
                    break;
                case "nannyml.SummaryStatsmedian":
                    Statistic(chunks, column, values => ColumnStatistics.Median(values), (errors, rows) => errors.Median(rows));
                    break;
            }
        }
        chunks.Finish();
    }

    private static void Missing(NannyMlChunks chunks, string column, bool shares)
    {
        var errors = ColumnErrors.Fit(Marks(chunks.Reference.Text(column)));
        double[] values = [.. chunks.Chunks.Select(chunk => ColumnStatistics.Missing(Marks(chunk.Text(column))) / (shares ? chunk.Count : 1.0))];
        double[] error = [.. chunks.Chunks.Select(chunk => errors.Missing(chunk.Count) * (shares ? 1 : chunk.Count))];
        var (lower, upper) = new StandardDeviationThreshold().Of(OfReference(chunks, values), lowest: 0, highest: shares ? 1 : null);
        Boundaries(chunks, column, values, error, 0, shares ? 1 : double.PositiveInfinity);
        Thresholds(chunks, column, values, lower, upper);
        chunks.Flags($"{column}.alert", values.Select(value => StandardDeviationThreshold.IsBeyond(value, lower, upper)));
    }

    private static void Unseen(NannyMlChunks chunks, string column, bool shares)
    {
        var seen = new SeenValues(chunks.Reference.Text(column));
        double[] values = [.. chunks.Chunks.Select(chunk => seen.Unseen(chunk.Text(column)) / (shares ? chunk.Count : 1.0))];
        chunks.Numbers($"{column}.value", values.Select(value => (double?)value));
        Thresholds(chunks, column, values, null, 0);
        chunks.Flags($"{column}.alert", values.Select(value => StandardDeviationThreshold.IsBeyond(value, null, 0)));
    }

    private static void Deviation(NannyMlChunks chunks, string column)
    {
        // NannyML's fourth moment does not leave missing values out, so that its error is NaN where we have one.
        bool missing = ColumnStatistics.Missing(chunks.Reference.Numbers(column)) > 0;
        Statistic(
            chunks, column, values => ColumnStatistics.StandardDeviation(values), (errors, rows) => missing ? double.NaN : errors.StandardDeviation(rows), lowest: 0);
    }

    private static void Statistic(
        NannyMlChunks chunks, string column, Func<double[], double> statistic, Func<ColumnErrors, int, double> standardError, double? lowest = null)
    {
        var errors = ColumnErrors.Fit(chunks.Reference.Numbers(column));
        double[] values = [.. chunks.Chunks.Select(chunk => statistic(chunk.Numbers(column)))];
        double[] error = [.. chunks.Chunks.Select(chunk => standardError(errors, chunk.Count))];
        var (lower, upper) = new StandardDeviationThreshold().Of(OfReference(chunks, values));
        lower = lower < lowest ? null : lower;
        Boundaries(chunks, column, values, error, lowest ?? double.NegativeInfinity, double.PositiveInfinity);
        Thresholds(chunks, column, values, lower, upper);
        // These alert on the threshold too, and of a value that is none.
        chunks.Flags($"{column}.alert", values.Select(value => !(value > (lower ?? double.NegativeInfinity) && value < upper)));
    }

    private static void Boundaries(NannyMlChunks chunks, string column, double[] values, double[] error, double lowest, double highest)
    {
        chunks.Numbers($"{column}.value", values.Select(value => (double?)value));
        chunks.Numbers($"{column}.sampling_error", error.Select(value => (double?)value));
        chunks.Numbers($"{column}.upper_confidence_boundary", values.Zip(error, (value, width) => (double?)Math.Min(value + ErrorsShown * width, highest)));
        chunks.Numbers($"{column}.lower_confidence_boundary", values.Zip(error, (value, width) => (double?)Math.Max(value - ErrorsShown * width, lowest)));
    }

    private static void Thresholds(NannyMlChunks chunks, string column, double[] values, double? lower, double? upper)
    {
        chunks.Numbers($"{column}.upper_threshold", values.Select(_ => upper));
        chunks.Numbers($"{column}.lower_threshold", values.Select(_ => lower));
    }

    private static double[] OfReference(NannyMlChunks chunks, double[] values) => [.. values.Where((_, i) => chunks.Chunks[i].IsReference)];

    /// <summary>A column of any kind, with NaN where a value is missing.</summary>
    private static double[] Marks(string?[] column) => [.. column.Select(value => value is null ? double.NaN : 0)];
}
