using System.Text.Json;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log.Hot;

/// <summary>Turns a query over <see cref="HotColumns.Row"/> into batches of columns.</summary>
internal sealed class PredictionReader(NativeResult result, ModelSchema schema)
{
    /// <summary>Rows of a batch, about.</summary>
    public const int BatchRows = 16 * ChunkWriter.Capacity;

    private readonly FeatureFiller[] _features = [.. schema.Features.Select(slot => new FeatureFiller(slot, [.. schema.Before(slot)]))];
    private readonly TextCache _versions = new();
    private readonly TextCache _predictions = new();
    private readonly TextCache _errors = new();

    /// <summary>The next batch; null at the end.</summary>
    public PredictionColumns? Next(CancellationToken cancellationToken)
    {
        string[] ids = [];
        long[] times = [];
        string?[] versions = [], texts = [], errors = [];
        double[] predictions = [], scores = [], latencies = [];
        int count = 0;
        while (count + ChunkWriter.Capacity <= BatchRows && result.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            int need = count + result.Count;
            if (need > ids.Length)
            {
                int room = Math.Max(need, Math.Min(BatchRows, 2 * ids.Length));
                Array.Resize(ref ids, room);
                Array.Resize(ref times, room);
                Array.Resize(ref versions, room);
                Array.Resize(ref texts, room);
                Array.Resize(ref errors, room);
                Array.Resize(ref predictions, room);
                Array.Resize(ref scores, room);
                Array.Resize(ref latencies, room);
                foreach (var feature in _features) { feature.Reserve(room); }
            }
            var (id, version, time, prediction, text) = (result.Column(0), result.Column(1), result.Column(2), result.Column(3), result.Column(4));
            var (score, latency, error) = (result.Column(5), result.Column(6), result.Column(7));
            for (int i = 0; i < result.Count; i++)
            {
                ids[count + i] = id.Text(i)!;
                times[count + i] = time.Int64(i);
                versions[count + i] = _versions.Get(version, i);
                predictions[count + i] = prediction.Double(i);
                texts[count + i] = _predictions.Get(text, i);
                scores[count + i] = score.Double(i);
                latencies[count + i] = latency.Double(i);
                errors[count + i] = _errors.Get(error, i);
            }
            FillFeatures(count);
            count = need;
        }
        return count == 0 ? null : new PredictionColumns
        {
            Count = count,
            Ids = ids,
            Timestamps = times,
            Versions = versions,
            Predictions = predictions,
            PredictionTexts = texts,
            Scores = scores,
            Latencies = latencies,
            Errors = errors,
            Features = [.. _features.Select(feature => feature.Take())],
        };
    }

    private void FillFeatures(int first)
    {
        var numbers = new ListCell(result.Column(8));
        var texts = new ListCell(result.Column(9));
        foreach (var feature in _features)
        {
            for (int i = 0; i < result.Count; i++) { feature.Set(first + i, i, numbers, texts); }
        }
        var (mistyped, version) = (result.Column(10), result.Column(11));
        for (int i = 0; i < result.Count; i++)
        {
            if (!mistyped.IsNull(i)) { SetMistyped(first + i, mistyped.Bytes(i), version.Int32(i)); }
        }
    }

    private void SetMistyped(int at, ReadOnlySpan<byte> json, int schemaVersion)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int feature = schema.Find(reader.GetString()!);
            reader.Read();
            if (feature >= 0) { _features[feature].SetMistyped(at, reader.GetString()!, schemaVersion); }
        }
    }
}
