using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Log;

/// <summary>What kind of value a <see cref="FeatureValue"/> holds.</summary>
public enum FeatureKind
{
    /// <summary>No value.</summary>
    Null,
    /// <summary>A double.</summary>
    Number,
    /// <summary>Text.</summary>
    Text,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>At most 4,096 numbers.</summary>
    Vector,
}

/// <summary>One value of a feature, a prediction or an outcome: number, text, boolean, vector or null.</summary>
[JsonConverter(typeof(FeatureValueConverter))]
public readonly struct FeatureValue : IEquatable<FeatureValue>
{
    /// <summary>The longest vector taken.</summary>
    public const int MaximumVectorLength = 4096;

    private readonly double _number;
    private readonly object? _reference;

    private FeatureValue(FeatureKind kind, double number, object? reference) => (Kind, _number, _reference) = (kind, number, reference);

    /// <summary>What the value is.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The number; NaN when the value is none.</summary>
    public double Number => Kind == FeatureKind.Number ? _number : double.NaN;

    /// <summary>The text; null when the value is none.</summary>
    public string? Text => _reference as string;

    /// <summary>The truth value; false when the value is none.</summary>
    public bool Boolean => Kind == FeatureKind.Boolean && _number != 0;

    /// <summary>The numbers; empty when the value is no vector.</summary>
    public IReadOnlyList<double> Vector => _reference as double[] ?? [];

    /// <summary>A number.</summary>
    public static implicit operator FeatureValue(double value) => new(FeatureKind.Number, value, null);

    /// <summary>A text; null gives the null value.</summary>
    public static implicit operator FeatureValue(string? value) => value is null ? default : new(FeatureKind.Text, 0, value);

    /// <summary>A truth value.</summary>
    public static implicit operator FeatureValue(bool value) => new(FeatureKind.Boolean, value ? 1 : 0, null);

    /// <summary>A vector.</summary>
    public static implicit operator FeatureValue(double[] value) => new(FeatureKind.Vector, 0, value);

    /// <summary>A number.</summary>
    public static FeatureValue FromDouble(double value) => value;

    /// <summary>A text.</summary>
    public static FeatureValue FromString(string? value) => value;

    /// <summary>A truth value.</summary>
    public static FeatureValue FromBoolean(bool value) => value;

    /// <summary>A vector.</summary>
    public static FeatureValue FromVector(double[] value) => value;

    /// <inheritdoc />
    public bool Equals(FeatureValue other) => Kind == other.Kind && _number.Equals(other._number) && (_reference, other._reference) switch
    {
        (string a, string b) => a == b,
        (double[] a, double[] b) => a.AsSpan().SequenceEqual(b),
        _ => true,
    };

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is FeatureValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, _number, _reference as string);

    /// <summary>Whether two values are the same.</summary>
    public static bool operator ==(FeatureValue left, FeatureValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(FeatureValue left, FeatureValue right) => !left.Equals(right);

    /// <summary>The value as people write it.</summary>
    public override string ToString() => Kind switch
    {
        FeatureKind.Number => _number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        FeatureKind.Boolean => Boolean ? "true" : "false",
        FeatureKind.Text => Text!,
        FeatureKind.Vector => $"[{Vector.Count} numbers]",
        _ => "null",
    };
}

/// <summary>A value as plain JSON.</summary>
public sealed class FeatureValueConverter : JsonConverter<FeatureValue>
{
    /// <inheritdoc />
    public override bool HandleNull => true;

    /// <inheritdoc />
    public override FeatureValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.StartArray => ReadVector(ref reader),
        _ => throw new JsonException("A value is a number, a text, true, false, null or an array of numbers."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, FeatureValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            // JSON has no NaN and no infinities: they leave as null.
            case FeatureKind.Number when double.IsFinite(value.Number): writer.WriteNumberValue(value.Number); break;
            case FeatureKind.Text: writer.WriteStringValue(value.Text); break;
            case FeatureKind.Boolean: writer.WriteBooleanValue(value.Boolean); break;
            case FeatureKind.Vector:
                writer.WriteStartArray();
                foreach (double x in value.Vector) { writer.WriteNumberValue(x); }
                writer.WriteEndArray();
                break;
            default: writer.WriteNullValue(); break;
        }
    }

    private static double[] ReadVector(ref Utf8JsonReader reader)
    {
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || numbers.Count == FeatureValue.MaximumVectorLength)
            {
                throw new JsonException($"A vector holds at most {FeatureValue.MaximumVectorLength} numbers and nothing else.");
            }
            numbers.Add(reader.GetDouble());
        }
        return [.. numbers];
    }
}
