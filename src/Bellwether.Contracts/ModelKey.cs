using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellwether.Contracts;

/// <summary>The name of one monitored model: a slug <c>[a-z0-9][a-z0-9._-]{0,127}</c>.</summary>
[JsonConverter(typeof(ModelKeyConverter))]
public readonly record struct ModelKey : IComparable<ModelKey>, IParsable<ModelKey>
{
    private readonly string? _value;

    private ModelKey(string value) => _value = value;

    /// <summary>The slug itself.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a slug.</summary>
    /// <exception cref="ArgumentException">The text is not a slug.</exception>
    public static ModelKey Parse(string text) => TryParse(text, out var key)
        ? key
        : throw new ArgumentException($"'{text}' is no model key: use a–z, 0–9, '.', '_' and '-', 128 characters at most, beginning with a letter or digit.", nameof(text));

    /// <summary>Reads a slug; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ModelKey key)
    {
        key = default;
        if (string.IsNullOrEmpty(text) || text.Length > 128 || !char.IsAsciiLetterLower(text[0]) && !char.IsAsciiDigit(text[0])) { return false; }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-')) { return false; }
        }
        key = new ModelKey(text);
        return true;
    }

    static ModelKey IParsable<ModelKey>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ModelKey>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ModelKey result) => TryParse(s, out result);

    /// <inheritdoc />
    public int CompareTo(ModelKey other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The slug.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(ModelKey left, ModelKey right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(ModelKey left, ModelKey right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(ModelKey left, ModelKey right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(ModelKey left, ModelKey right) => left.CompareTo(right) >= 0;
}

/// <summary>A model key as its slug.</summary>
public sealed class ModelKeyConverter : JsonConverter<ModelKey>
{
    /// <inheritdoc />
    public override ModelKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ModelKey.TryParse(reader.GetString(), out var key) ? key : throw new JsonException("Not a model key.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ModelKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
