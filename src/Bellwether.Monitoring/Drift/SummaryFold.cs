using System.Collections.Immutable;
using System.Globalization;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Drift;

/// <summary>Folds rows into a window's summary: integer sums, so that no order of rows and no cut of batches matters.</summary>
public static class SummaryFold
{
    /// <summary>Adds rows [first, first + count) of a batch.</summary>
    public static void Add(WindowSummary summary, BinSchema schema, PredictionColumns rows, int first, int count)
    {
        summary.AddRows(count);
        for (int c = 0; c < schema.Columns.Length; c++)
        {
            var column = schema.Columns[c];
            if (column.Name == EventStream.ScoreColumn) { AddNumbers(summary, c, rows.Scores.AsSpan(first, count)); }
            else if (column.Name == EventStream.PredictionColumn) { AddPredictions(summary, c, column, rows, first, count); }
            else { AddFeature(summary, c, column, Find(rows, column.Name), first, count); }
        }
        for (int i = first; i < first + count; i++)
        {
            if (!double.IsNaN(rows.Latencies[i])) { summary.AddLatency(rows.Latencies[i]); }
            if (rows.Errors[i] is { } error) { summary.AddError(error); }
        }
    }

    /// <summary>Predictions as categories.</summary>
    public static string? PredictionText(PredictionColumns rows, int row) => rows.PredictionTexts[row]
        ?? (double.IsNaN(rows.Predictions[row]) ? null : rows.Predictions[row].ToString(CultureInfo.InvariantCulture));

    private static FeatureColumn? Find(PredictionColumns rows, string name)
    {
        foreach (var feature in rows.Features)
        {
            if (feature.Name == name) { return feature; }
        }
        return null;
    }

    private static void AddFeature(WindowSummary summary, int index, ColumnSchema schema, FeatureColumn? feature, int first, int count)
    {
        bool wantsNumbers = schema.Kind == ColumnKind.Numeric;
        if (feature is not null && wantsNumbers && feature.Type == FeatureType.Number)
        {
            summary.AddNumeric(index, feature.Numbers.AsSpan(first, count), feature.States.AsSpan(first, count));
            return;
        }
        if (feature is not null && !wantsNumbers && feature.Type is FeatureType.Text or FeatureType.Boolean)
        {
            summary.AddText(index, feature!.Texts.AsSpan(first, count), feature.States.AsSpan(first, count));
            return;
        }
        // The column is missing from these rows, or its type is not the reference's: every value is null or a type error.
        var states = new byte[count];
        for (int i = 0; i < count; i++)
        {
            states[i] = feature is null || feature.States[first + i] == (byte)ValueState.Null ? (byte)ValueState.Null : (byte)ValueState.Mistyped;
        }
        if (wantsNumbers) { summary.AddNumeric(index, new double[count], states); }
        else { summary.AddText(index, new string?[count], states); }
    }

    private static void AddNumbers(WindowSummary summary, int index, ReadOnlySpan<double> values)
    {
        var states = new byte[values.Length];
        for (int i = 0; i < values.Length; i++) { states[i] = double.IsNaN(values[i]) ? (byte)ValueState.Null : (byte)ValueState.Value; }
        summary.AddNumeric(index, values, states);
    }

    private static void AddPredictions(WindowSummary summary, int index, ColumnSchema schema, PredictionColumns rows, int first, int count)
    {
        if (schema.Kind == ColumnKind.Numeric)
        {
            AddNumbers(summary, index, rows.Predictions.AsSpan(first, count));
            return;
        }
        var texts = new string?[count];
        var states = new byte[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = PredictionText(rows, first + i);
            states[i] = texts[i] is null ? (byte)ValueState.Null : (byte)ValueState.Value;
        }
        summary.AddText(index, texts, states);
    }
}
