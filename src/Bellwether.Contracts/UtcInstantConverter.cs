using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellwether.Contracts;

/// <summary>RFC 3339 in UTC with <c>Z</c>, down to the microsecond, without needless zeros. Reads any offset; refuses a time without one.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? throw new JsonException("A time is needed.");
        return TryParse(text, out var instant) ? instant : throw new JsonException($"'{text}' is no RFC 3339 time with offset, such as 2026-07-01T12:00:00Z.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    /// <summary>Reads an RFC 3339 time that names its offset.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < 17 || text[^1] is not ('Z' or 'z') && text.AsSpan(10).IndexOfAny('+', '-') < 0) { return false; }
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) { return false; }
        instant = parsed.ToUniversalTime();
        return true;
    }

    /// <summary>Writes an instant as <c>2026-07-01T12:00:00Z</c>, with up to six decimals of a second.</summary>
    public static string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + "Z";
}
