using System.Text.Json;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>A prediction as a JSON object.</summary>
internal sealed class PredictionJson(PredictionRow row) : IJsonRow
{
    private const int Id = 0, Version = 1, Timestamp = 2, Features = 3, Answer = 4, Score = 5, Scores = 6, Latency = 7, Error = 8, Role = 9,
        Unit = 10, Tags = 11, Experiment = 12, Variant = 13, Weight = 14, Attributions = 15, TraceId = 16;

    private static readonly string[] Names =
    [
        "id", "version", "timestamp", "features", "prediction", "score", "scores", "latencySeconds", "error", "role",
        "unit", "tags", "experiment", "variant", "weight", "attributions", "traceId",
    ];

    private readonly PropertyTable _properties = new(Names);
    private readonly FeatureJson _features = new(row);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly TextRange[] _extras = new TextRange[Names.Length];

    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        row.Begin();
        Array.Clear(_extras);
        int seen = 0, last = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int property = _properties.Find(ref reader, last);
            if (property < 0) { return $"{JsonText.NameOf(ref reader)}: no property of a prediction"; }
            if ((seen & 1 << property) != 0) { return $"{Names[property]}: given twice"; }
            seen |= 1 << property;
            last = property;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null && property != Id) { continue; }
            if (ReadValue(ref reader, source, property) is { } reason) { return reason; }
        }
        if (RowFault.OfId(row.Arena.Slice(row.Id)) is { } fault) { return fault; }
        WriteExtras();
        return null;
    }

    public void Commit(int index) => row.Commit(index);

    public void Abandon() => row.Abandon();

    private string? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, int property) => property switch
    {
        Id => Text(ref reader, "id", int.MaxValue, out row.Id),
        Version => Text(ref reader, "version", IngestLimits.NameBytes, out row.Version),
        Timestamp => ReadTime(ref reader),
        Features => _features.Read(ref reader, source),
        Answer => ReadAnswer(ref reader),
        Score => Number(ref reader, "score", out row.Score) ?? RowFault.OfScore(row.Score),
        Latency => Number(ref reader, "latencySeconds", out row.Latency) ?? RowFault.OfLatency(row.Latency),
        Error => Text(ref reader, "error", IngestLimits.ErrorBytes, out row.Error),
        Role => ReadRole(ref reader),
        Unit => Text(ref reader, "unit", IngestLimits.NameBytes, out row.Unit),
        Scores => Map(ref reader, source, "scores", JsonTokenType.Number, out row.Scores),
        Tags => Map(ref reader, source, "tags", JsonTokenType.String, out row.Tags),
        Attributions => Map(ref reader, source, "attributions", JsonTokenType.Number, out _extras[property]),
        Weight => ReadWeight(ref reader, source),
        _ => ReadName(ref reader, source, property),
    };

    private string? ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || !Rfc3339.TryParse(reader.ValueSpan, out long micros, out bool hasOffset) || !hasOffset)
        {
            return $"timestamp: {JsonText.Describe(ref reader)} is no time; {RowFault.NotATime}";
        }
        row.Time = micros;
        return RowFault.OfTime("timestamp", micros, row.Arrival);
    }

    private string? ReadAnswer(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number):
                row.Prediction = number;
                return null;
            case JsonTokenType.String:
                row.PredictionText = JsonText.CopyTo(ref reader, row.Arena);
                return RowFault.OfText("prediction", row.PredictionText.Length);
            case JsonTokenType.True or JsonTokenType.False:
                row.PredictionText = row.Arena.Append(reader.TokenType == JsonTokenType.True ? "true"u8 : "false"u8);
                return null;
            default:
                return $"prediction: {JsonText.Describe(ref reader)} is no answer; a finite number, a text, true or false is needed";
        }
    }

    private string? ReadRole(ref Utf8JsonReader reader)
    {
        row.Shadow = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("shadow"u8);
        return row.Shadow || reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("live"u8)
            ? null
            : $"role: {JsonText.Describe(ref reader)} is neither \"live\" nor \"shadow\"";
    }

    private string? ReadWeight(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        if (Number(ref reader, "weight", out double weight) is { } reason) { return reason; }
        if (weight < 0) { return $"weight: {weight:R} is below 0"; }
        _extras[Weight] = JsonText.CopyRaw(ref reader, source, row.Arena);
        return null;
    }

    private string? ReadName(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, int property)
    {
        if (Text(ref reader, Names[property], IngestLimits.NameBytes, out _) is { } reason) { return reason; }
        _extras[property] = JsonText.CopyRaw(ref reader, source, row.Arena);
        return null;
    }

    private string? Text(ref Utf8JsonReader reader, string path, int limit, out TextRange text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String) { return $"{path}: {JsonText.Describe(ref reader)} is no text"; }
        text = JsonText.CopyTo(ref reader, row.Arena);
        return text.Length > limit ? $"{path}: {text.Length} bytes long; {limit} at most" : null;
    }

    private static string? Number(ref Utf8JsonReader reader, string path, out double number)
    {
        number = double.NaN;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out number) && double.IsFinite(number)
            ? null
            : $"{path}: {JsonText.Describe(ref reader)} is no finite number";
    }

    private string? Map(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, string path, JsonTokenType type, out TextRange text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.StartObject) { return $"{path}: {JsonText.Describe(ref reader)} is no object"; }
        var check = reader;
        _keys.Clear();
        while (check.Read() && check.TokenType == JsonTokenType.PropertyName)
        {
            string key = JsonText.NameOf(ref check);
            if (!_keys.Add(key)) { return $"{path}.{key}: given twice"; }
            check.Read();
            bool fits = check.TokenType == type && (type != JsonTokenType.Number || (check.TryGetDouble(out double number) && double.IsFinite(number)));
            if (!fits) { return $"{path}.{key}: {JsonText.Describe(ref check)} is no {(type == JsonTokenType.Number ? "finite number" : "text")}"; }
            if (type == JsonTokenType.String) { check.GetString(); } // Throws on an escape that is no Unicode.
        }
        text = JsonText.CopyRaw(ref reader, source, row.Arena);
        return RowFault.OfText(path, text.Length);
    }

    /// <summary>What has no column of its own goes into one JSON object, in a fixed order so that equal rows have equal bytes.</summary>
    private void WriteExtras()
    {
        int start = row.Arena.Length;
        for (int i = Experiment; i < Names.Length; i++)
        {
            if (_extras[i].IsNull) { continue; }
            row.Arena.Append(row.Arena.Length == start ? "{\""u8 : ",\""u8);
            row.Arena.Append(System.Text.Encoding.ASCII.GetBytes(Names[i]));
            row.Arena.Append("\":"u8);
            // Reserving may move the arena, so the piece is copied to the room made for it.
            var room = row.Arena.Reserve(_extras[i].Length);
            row.Arena.Slice(_extras[i]).CopyTo(room);
            row.Arena.Advance(_extras[i].Length);
        }
        if (row.Arena.Length == start) { return; }
        row.Arena.Append("}"u8);
        row.Extra = new TextRange(start, row.Arena.Length - start);
    }
}
