using System.Text;
using System.Text.Json;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Copies out of a JSON reader without making strings.</summary>
internal static class JsonText
{
    /// <summary>The unescaped text the reader stands on.</summary>
    public static TextRange CopyTo(ref Utf8JsonReader reader, ByteBuffer arena)
    {
        // Unescaping never lengthens.
        int length = reader.CopyString(arena.Reserve(reader.ValueSpan.Length));
        int start = arena.Length;
        arena.Advance(length);
        return new TextRange(start, length);
    }

    /// <summary>The value the reader stands on as it was written; the reader moves to its end.</summary>
    public static TextRange CopyRaw(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ByteBuffer arena)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return arena.Append(source[start..(int)reader.BytesConsumed]);
    }

    /// <summary>A reader's property name for a message, short enough to print.</summary>
    public static string NameOf(ref Utf8JsonReader reader)
    {
        string name = reader.GetString() ?? "";
        return name.Length > 80 ? name[..80] + "…" : name;
    }

    /// <summary>What stands there, for a message.</summary>
    public static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        JsonTokenType.String => $"the text \"{Short(reader.ValueSpan)}\"",
        _ => Short(reader.ValueSpan),
    };

    private static string Short(ReadOnlySpan<byte> text) => text.Length > 40 ? Encoding.UTF8.GetString(text[..40]) + "…" : Encoding.UTF8.GetString(text);
}
