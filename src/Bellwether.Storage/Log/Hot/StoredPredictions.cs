using System.Globalization;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Segments;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Hot;

/// <summary>One prediction by its id, with its outcome and revisions.</summary>
internal sealed class StoredPredictions(HotStore store)
{
    public StoredPrediction? Find(ModelKey model, string id, ModelSchema schema)
    {
        if (store.NumberOf(model) is not { } number) { return null; }
        string where = string.Create(CultureInfo.InvariantCulture, $"WHERE model = {number} AND id = {Engine.Quote(id)}");
        using var lease = store.Lease();
        var relations = lease.View.TablesOf(long.MinValue, long.MaxValue)
            .Select(table => $"(SELECT *, NULL AS file FROM {LogRelations.OfTable(table, number, table.From, table.To)})").ToList();
        if (LogRelations.OfSegments(lease.View, store.Segments, number, schema, long.MinValue, long.MaxValue, skipDamaged: true, withFile: true) is { } segments)
        {
            relations.Add(segments);
        }
        var rows = relations
            .SelectMany(relation => store.Ask(connection => connection.Rows(
                $"SELECT version, epoch_us(\"timestamp\"), epoch_us(arrival), node, sequence, shadow, unit, prediction, predictionText, score, latencySeconds, error, "
                + $"numbers, texts, scores, mistyped, tags, extra, file FROM {relation} WHERE id = {Engine.Quote(id)}", row => Take(row, id, schema))))
            .OrderBy(row => row.Sequence).ToList();
        if (rows.Count == 0)
        {
            // It may lie in a file that cannot be read: that is no answer "there is none".
            foreach (var segment in lease.View.SegmentsOf(number, long.MinValue, long.MaxValue)) { store.Segments.Verify(segment); }
            return null;
        }
        var outcomes = store.Ask(connection => connection.Rows(
            $"SELECT outcome, outcomeText, epoch_us(knownAt), epoch_us(predictedAt), retract FROM outcomes {where} ORDER BY sequence", row => TakeOutcome(row, id)));
        int lastRetraction = outcomes.FindLastIndex(outcome => outcome.Retract == true);
        var inForce = outcomes.Skip(lastRetraction + 1).FirstOrDefault();
        var first = rows[0];
        return new StoredPrediction(first.Prediction, Instants.FromMicroseconds(first.Arrival), first.Node, first.Sequence, first.File is { } file ? store.Segments.FileAt(file) : "hot",
            inForce, [.. rows.Skip(1).Select(row => row.Prediction)], [.. outcomes.Where(outcome => !ReferenceEquals(outcome, inForce))]);
    }

    private static (Prediction Prediction, long Arrival, string Node, long Sequence, string? File) Take(DuckDBDataReader row, string id, ModelSchema schema)
    {
        var features = new Dictionary<string, FeatureValue>();
        var numbers = row.GetFieldValue<List<double?>>(12);
        var texts = row.GetFieldValue<List<string?>>(13);
        foreach (var slot in schema.All)
        {
            if (slot.IsNumber && slot.Slot < numbers.Count && numbers[slot.Slot] is { } number) { features[slot.Name] = number; }
            else if (!slot.IsNumber && slot.Slot < texts.Count && texts[slot.Slot] is { } text) { features[slot.Name] = ValueOf(slot.Type, text); }
        }
        if (Text(row, 15) is { } mistyped)
        {
            using var document = JsonDocument.Parse(mistyped);
            foreach (var property in document.RootElement.EnumerateObject()) { features[property.Name] = property.Value.GetString(); }
        }
        var prediction = new Prediction(id)
        {
            Version = Text(row, 0),
            Timestamp = Instants.FromMicroseconds(row.GetInt64(1)),
            Features = features,
            Answer = Number(row, 7) is { } answer ? answer : FeatureValue.FromString(Text(row, 8)),
            Score = Number(row, 9),
            Scores = Text(row, 14) is { } scores ? ScoresOf(scores) : null,
            LatencySeconds = Number(row, 10),
            Error = Text(row, 11),
            Role = row.GetBoolean(5) ? "shadow" : null,
            Unit = Text(row, 6),
            Tags = Text(row, 16) is { } tags ? TagsOf(tags) : null,
        };
        if (Text(row, 17) is { } extra) { prediction = WithExtra(prediction, extra); }
        return (prediction, row.GetInt64(2), row.GetString(3), row.GetInt64(4), Text(row, 18));
    }

    private static Outcome TakeOutcome(DuckDBDataReader row, string id) => new(id)
    {
        Value = Number(row, 0) is { } number ? number : FeatureValue.FromString(Text(row, 1)),
        Timestamp = Instants.FromMicroseconds(row.GetInt64(2)),
        PredictedAt = row.IsDBNull(3) ? null : Instants.FromMicroseconds(row.GetInt64(3)),
        Retract = row.GetBoolean(4) ? true : null,
    };

    private static FeatureValue ValueOf(FeatureType type, string text)
    {
        if (type == FeatureType.Boolean) { return text == "true"; }
        if (type == FeatureType.Text) { return text; }
        using var document = JsonDocument.Parse(text);
        return document.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? double.NaN : item.GetDouble()).ToArray();
    }

    private static Dictionary<string, double> NumbersOf(JsonElement numbers) =>
        numbers.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetDouble(), StringComparer.Ordinal);

    private static Dictionary<string, double> ScoresOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return NumbersOf(document.RootElement);
    }

    private static Dictionary<string, string> TagsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>What has no column of its own stands in one object under its own names.</summary>
    private static Prediction WithExtra(Prediction prediction, string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            prediction = property.Name switch
            {
                "experiment" => prediction with { Experiment = property.Value.GetString() },
                "variant" => prediction with { Variant = property.Value.GetString() },
                "weight" => prediction with { Weight = property.Value.GetDouble() },
                "attributions" => prediction with { Attributions = NumbersOf(property.Value) },
                "traceId" => prediction with { TraceId = property.Value.GetString() },
                _ => prediction,
            };
        }
        return prediction;
    }

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static double? Number(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
