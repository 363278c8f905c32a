using System.Text.Json;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>An outcome as a JSON object.</summary>
internal sealed class OutcomeJson(OutcomeRow row) : IJsonRow
{
    private const int Id = 0, Value = 1, Timestamp = 2, PredictedAt = 3, Retract = 4;

    private static readonly string[] Names = ["id", "outcome", "timestamp", "predictedAt", "retract"];

    private readonly PropertyTable _properties = new(Names);

    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        row.Begin();
        int seen = 0, last = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int property = _properties.Find(ref reader, last);
            if (property < 0) { return $"{JsonText.NameOf(ref reader)}: no property of an outcome"; }
            if ((seen & 1 << property) != 0) { return $"{Names[property]}: given twice"; }
            seen |= 1 << property;
            last = property;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null && property != Id) { continue; }
            if (ReadValue(ref reader, property) is { } reason) { return reason; }
        }
        return RowFault.OfId(row.Arena.Slice(row.Id))
            ?? (row.HasValue || row.Retract ? null : "outcome: needed, a number, a text, true or false, unless \"retract\" is true");
    }

    public void Commit(int index) => row.Commit(index);

    public void Abandon()
    {
        // An outcome adds nothing to any schema.
    }

    private string? ReadValue(ref Utf8JsonReader reader, int property)
    {
        switch (property)
        {
            case Id when reader.TokenType == JsonTokenType.String:
                row.Id = JsonText.CopyTo(ref reader, row.Arena);
                return null;
            case Id:
                return $"id: {JsonText.Describe(ref reader)} is no text";
            case Value:
                return ReadOutcome(ref reader);
            case Retract when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                row.Retract = reader.TokenType == JsonTokenType.True;
                return null;
            case Retract:
                return $"retract: {JsonText.Describe(ref reader)} is neither true nor false";
            default:
                if (reader.TokenType != JsonTokenType.String || !Rfc3339.TryParse(reader.ValueSpan, out long micros, out bool hasOffset) || !hasOffset)
                {
                    return $"{Names[property]}: {JsonText.Describe(ref reader)} is no time; {RowFault.NotATime}";
                }
                if (property == Timestamp) { row.KnownAt = micros; }
                else { row.PredictedAt = micros; }
                return RowFault.OfTime(Names[property], micros, row.Arrival);
        }
    }

    private string? ReadOutcome(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number):
                row.Number = number;
                return null;
            case JsonTokenType.String:
                row.Text = JsonText.CopyTo(ref reader, row.Arena);
                return RowFault.OfText("outcome", row.Text.Length);
            case JsonTokenType.True or JsonTokenType.False:
                row.Text = row.Arena.Append(reader.TokenType == JsonTokenType.True ? "true"u8 : "false"u8);
                return null;
            default:
                return $"outcome: {JsonText.Describe(ref reader)} is no outcome; a finite number, a text, true or false is needed";
        }
    }
}
