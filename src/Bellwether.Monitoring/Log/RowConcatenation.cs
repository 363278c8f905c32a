using Bellwether.Contracts;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Log;

/// <summary>Gathers a range of the log into one batch.</summary>
public static class RowConcatenation
{
    /// <summary>All rows of a range, in order. Features are those of the newest batch; a column that a batch lacks is null there.</summary>
    public static async Task<PredictionColumns> ReadAsync(IModelLog log, ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        var batches = new List<PredictionColumns>();
        await foreach (var batch in log.ReadPredictionsAsync(model, range, cancellationToken)) { batches.Add(batch); }
        return Of(batches);
    }

    public static PredictionColumns Of(IReadOnlyList<PredictionColumns> batches) => new()
    {
        Count = batches.Sum(b => b.Count),
        Ids = Join(batches, b => b.Ids),
        Timestamps = Join(batches, b => b.Timestamps),
        Versions = Join(batches, b => b.Versions),
        Predictions = Join(batches, b => b.Predictions),
        PredictionTexts = Join(batches, b => b.PredictionTexts),
        Scores = Join(batches, b => b.Scores),
        Latencies = Join(batches, b => b.Latencies),
        Errors = Join(batches, b => b.Errors),
        Features = batches.Count == 0 ? [] : [.. batches[^1].Features.Select(f => Feature(batches, f.Name, f.Type))],
    };

    private static FeatureColumn Feature(IReadOnlyList<PredictionColumns> batches, string name, FeatureType type)
    {
        var parts = batches.Select(b => (b.Count, Column: b.Features.FirstOrDefault(f => f.Name == name && f.Type == type))).ToList();
        return new FeatureColumn
        {
            Name = name,
            Type = type,
            Numbers = type == FeatureType.Number ? [.. parts.SelectMany(p => p.Column is { } c ? c.Numbers.Take(p.Count) : Enumerable.Repeat(double.NaN, p.Count))] : [],
            Texts = type == FeatureType.Number ? [] : [.. parts.SelectMany(p => p.Column is { } c ? c.Texts.Take(p.Count) : Enumerable.Repeat<string?>(null, p.Count))],
            States = [.. parts.SelectMany(p => p.Column is { } c ? c.States.Take(p.Count) : Enumerable.Repeat((byte)ValueState.Null, p.Count))],
        };
    }

    private static T[] Join<T>(IReadOnlyList<PredictionColumns> batches, Func<PredictionColumns, T[]> column)
    {
        var joined = new T[batches.Sum(b => b.Count)];
        int at = 0;
        foreach (var batch in batches)
        {
            column(batch).AsSpan(0, batch.Count).CopyTo(joined.AsSpan(at));
            at += batch.Count;
        }
        return joined;
    }
}
