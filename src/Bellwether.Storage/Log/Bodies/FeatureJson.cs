using System.Text;
using System.Text.Json;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>The object of features of a prediction. A value of another type than its feature's never rejects the row.</summary>
internal sealed class FeatureJson(PredictionRow row)
{
    private readonly List<int> _next = [0]; // By the feature before plus 1: which feature followed it last time.

    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        if (reader.TokenType != JsonTokenType.StartObject) { return $"features: {JsonText.Describe(ref reader)} is no object"; }
        int last = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int feature = Find(ref reader, last, out string? unknown);
            if (feature >= 0)
            {
                if (!row.See(feature)) { return $"features.{row.Draft[feature].Name}: given twice"; }
                last = feature;
            }
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) { continue; } // An unknown feature without value teaches nothing.
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return $"features.{unknown ?? row.Draft[feature].Name}: an object is no value; a number, a text, true, false, null or an array of numbers is";
            }
            if (feature < 0)
            {
                if (Learn(ref reader, unknown!, out feature) is { } refused) { return refused; }
                last = feature;
            }
            if (ReadValue(ref reader, source, row.Draft[feature]) is { } reason) { return reason; }
        }
        return null;
    }

    private int Find(ref Utf8JsonReader reader, int last, out string? unknown)
    {
        unknown = null;
        while (_next.Count <= last + 1) { _next.Add(_next.Count); }
        int guess = _next[last + 1];
        if (guess < row.Draft.Count && reader.ValueTextEquals(row.Draft[guess].Utf8Name)) { return guess; }
        string name = reader.GetString()!;
        int found = row.Draft.Find(name);
        if (found >= 0) { _next[last + 1] = found; }
        else { unknown = name; }
        return found;
    }

    private string? Learn(ref Utf8JsonReader reader, string name, out int feature)
    {
        feature = -1;
        if (name.Length == 0) { return "features: a feature without a name"; }
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > IngestLimits.NameBytes) { return $"features.{name[..40]}…: a name of {bytes} bytes; {IngestLimits.NameBytes} at most"; }
        var type = reader.TokenType switch
        {
            JsonTokenType.Number => FeatureType.Number,
            JsonTokenType.String => FeatureType.Text,
            JsonTokenType.StartArray => FeatureType.Vector,
            _ => FeatureType.Boolean,
        };
        feature = row.Draft.Add(name, type);
        if (feature < 0) { return RowFault.TooManyFeatures($"features.{name}"); }
        row.See(feature);
        return null;
    }

    private string? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, FeatureSlot feature)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when feature.Type == FeatureType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number):
                row.SetNumber(feature, number);
                return null;
            case JsonTokenType.String:
                var text = JsonText.CopyTo(ref reader, row.Arena);
                if (RowFault.OfText($"features.{feature.Name}", text.Length) is { } reason) { return reason; }
                Set(feature, text, fits: feature.Type == FeatureType.Text);
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                Set(feature, row.Arena.Append(reader.TokenType == JsonTokenType.True ? "true"u8 : "false"u8), fits: feature.Type == FeatureType.Boolean);
                return null;
            case JsonTokenType.StartArray:
                return ReadVector(ref reader, source, feature);
            default: // A number where none is expected, or one that no double holds.
                Set(feature, row.Arena.Append(reader.ValueSpan), fits: false);
                return null;
        }
    }

    private string? ReadVector(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, FeatureSlot feature)
    {
        var check = reader;
        int count = 0;
        bool finite = true;
        while (check.Read() && check.TokenType != JsonTokenType.EndArray)
        {
            if (check.TokenType != JsonTokenType.Number) { return $"features.{feature.Name}[{count}]: {JsonText.Describe(ref check)} is no number"; }
            if (++count > FeatureValue.MaximumVectorLength) { return $"features.{feature.Name}: an array of more than {FeatureValue.MaximumVectorLength} numbers"; }
            finite &= check.TryGetDouble(out double number) && double.IsFinite(number);
        }
        var raw = JsonText.CopyRaw(ref reader, source, row.Arena);
        if (raw.Length > 8 * IngestLimits.TextBytes) { return $"features.{feature.Name}: an array of {raw.Length} bytes; {8 * IngestLimits.TextBytes} at most"; }
        Set(feature, raw, fits: finite && feature.Type == FeatureType.Vector);
        return null;
    }

    private void Set(FeatureSlot feature, TextRange text, bool fits)
    {
        if (fits) { row.SetText(feature, text); }
        else { row.SetMistyped(feature, text); }
    }
}
