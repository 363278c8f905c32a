using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Server.Demo;

/// <summary>Writes rows as the NDJSON that a model service would send.</summary>
public static class DemoBodies
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Predictions of [first, first + count), one JSON object a line.</summary>
    public static void WritePredictions(PredictionColumns rows, int first, int count, Stream body)
    {
        using var writer = new Utf8JsonWriter(body);
        for (int i = first; i < first + count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, rows.Ids[i]);
            if (rows.Versions[i] is { } version) { writer.WriteString("version"u8, version); }
            writer.WriteString("timestamp"u8, UtcInstantConverter.Format(Instants.FromMicroseconds(rows.Timestamps[i])));
            writer.WriteStartObject("features"u8);
            foreach (var feature in rows.Features)
            {
                if (feature.States[i] == (byte)ValueState.Null) { writer.WriteNull(feature.Name); }
                else if (feature.Type == FeatureType.Number) { writer.WriteNumber(feature.Name, feature.Numbers[i]); }
                else { writer.WriteString(feature.Name, feature.Texts[i]); }
            }
            writer.WriteEndObject();
            writer.WriteNumber("prediction"u8, rows.Predictions[i]);
            writer.WriteNumber("score"u8, rows.Scores[i]);
            writer.WriteNumber("latencySeconds"u8, rows.Latencies[i]);
            writer.WriteEndObject();
            writer.Flush();
            body.Write(NewLine);
            writer.Reset();
        }
    }

    /// <summary>Outcomes of the rows at some positions.</summary>
    public static void WriteOutcomes(DemoHour hour, IEnumerable<int> rows, Stream body)
    {
        using var writer = new Utf8JsonWriter(body);
        foreach (int i in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, hour.Rows.Ids[i]);
            writer.WriteNumber("outcome"u8, hour.Outcomes[i]);
            writer.WriteString("timestamp"u8, UtcInstantConverter.Format(Instants.FromMicroseconds(hour.KnownAt[i])));
            writer.WriteString("predictedAt"u8, UtcInstantConverter.Format(Instants.FromMicroseconds(hour.Rows.Timestamps[i])));
            writer.WriteEndObject();
            writer.Flush();
            body.Write(NewLine);
            writer.Reset();
        }
    }
}
