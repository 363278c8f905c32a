using System.Globalization;
using Bellwether.Client;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Cli.Replay;

/// <summary>A replay through a server's HTTP API, as a model's own service would send the rows.</summary>
internal static class ServerReplay
{
    /// <summary>Sends everything and reads back what the server found.</summary>
    /// <param name="sent">Told the rows sent so far: predictions, then outcomes.</param>
    /// <exception cref="InputException">The server holds other rows of this model, or rejects rows.</exception>
    public static async Task<ReplayReport> RunAsync(
        BellwetherClient client, ReplayPlan plan, ReplayInput input, IProgress<long>? sent, CancellationToken cancellationToken)
    {
        await client.DefineAsync(plan.Model, input.Definition, cancellationToken);
        await foreach (var _ in client.WindowsAsync(plan.Model, cancellationToken: cancellationToken))
        {
            throw new InputException($"Model '{plan.Model}' has windows on this server already: what is closed cannot be replayed. Give the plan another 'model', or use a fresh server.");
        }
        await client.SavePlanAsync(plan.Model, plan.Text, cancellationToken);
        bool isTimed = plan.Plan.Columns?.Timestamp is null && input.Reference.HasTimes;
        await client.UploadReferenceAsync(
            plan.Model, input.ReferenceFile, input.IsParquetReference ? "application/vnd.apache.parquet" : "application/csv", input.ReferenceName,
            new ReferenceColumns { Timestamp = isTimed ? TimedReference.TimestampColumn(input.Reference) : null }, cancellationToken);
        RequireAll(await client.SendPredictionsAsync(plan.Model, Predictions(input.Predictions.Rows), isHistory: true, sent, cancellationToken), "prediction");
        long rows = input.Predictions.Rows.Count;
        RequireAll(await client.SendOutcomesAsync(plan.Model, Outcomes(input), sent is null ? null : new Offset(sent, rows), cancellationToken), "outcome");
        await client.CloseAsync(plan.Model, input.CloseThrough, cancellationToken);
        return new ReplayReport(
            plan.Model,
            await ListAsync(client.FindingsAsync(plan.Model, cancellationToken: cancellationToken)),
            await ListAsync(client.AlertsAsync(plan.Model, cancellationToken: cancellationToken)),
            await ListAsync(client.WindowsAsync(plan.Model, cancellationToken: cancellationToken)));
    }

    private static IEnumerable<Prediction> Predictions(PredictionColumns rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            yield return new Prediction(rows.Ids[i])
            {
                Version = rows.Versions[i],
                Timestamp = Instants.FromMicroseconds(rows.Timestamps[i]),
                Features = Features(rows, i),
                Answer = Value(rows.Predictions[i], rows.PredictionTexts[i]),
                Score = double.IsNaN(rows.Scores[i]) ? null : rows.Scores[i],
                LatencySeconds = double.IsNaN(rows.Latencies[i]) ? null : rows.Latencies[i],
                Error = rows.Errors[i],
            };
        }
    }

    private static Dictionary<string, FeatureValue> Features(PredictionColumns rows, int row)
    {
        var features = new Dictionary<string, FeatureValue>(rows.Features.Count, StringComparer.Ordinal);
        foreach (var feature in rows.Features)
        {
            features[feature.Name] = (ValueState)feature.States[row] switch
            {
                ValueState.Null => default,
                // The text itself is gone once a file is read as columns; any value of another type counts the same.
                ValueState.Mistyped => feature.Type == FeatureType.Number ? "mistyped" : 0.0,
                _ => feature.Type switch
                {
                    FeatureType.Number => feature.Numbers[row],
                    FeatureType.Boolean => feature.Texts[row] == "true",
                    _ => feature.Texts[row],
                },
            };
        }
        return features;
    }

    private static IEnumerable<Outcome> Outcomes(ReplayInput input)
    {
        var rows = input.Predictions;
        for (int i = 0; i < rows.Rows.Count; i++)
        {
            if (input.KnownAt[i] == long.MaxValue) { continue; }
            yield return new Outcome(rows.Rows.Ids[i])
            {
                Value = Value(rows.Outcomes.Length > 0 ? rows.Outcomes[i] : double.NaN, rows.OutcomeTexts.Length > 0 ? rows.OutcomeTexts[i] : null),
                Timestamp = Instants.FromMicroseconds(input.KnownAt[i]),
                PredictedAt = Instants.FromMicroseconds(rows.Rows.Timestamps[i]),
            };
        }
    }

    private static FeatureValue Value(double number, string? text) => text is "true" or "false" ? text == "true" : text is not null ? text : double.IsNaN(number) ? default : number;

    private static void RequireAll(IngestReceipt receipt, string what)
    {
        if (receipt.Rejected is not [var first, ..]) { return; }
        throw new InputException(string.Create(
            CultureInfo.InvariantCulture, $"The server rejected {receipt.Rejected.Count} {what}s; the first, number {first.Row + 1} in order of time: {first.Reason}"));
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) { list.Add(item); }
        return list;
    }

    /// <summary>Counts outcomes on from the predictions.</summary>
    private sealed class Offset(IProgress<long> inner, long before) : IProgress<long>
    {
        public void Report(long value) => inner.Report(before + value);
    }
}
