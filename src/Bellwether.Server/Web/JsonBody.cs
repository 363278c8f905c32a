using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>Reads a small JSON document from a request: what is no JSON is 400 with its place, what does not fit is 422 with every fault.</summary>
internal static class JsonBody
{
    /// <summary>The longest document taken, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>The value, or the answer that says why there is none.</summary>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> shape, string slug, string title) where T : class
    {
        if (!IsJson(request.ContentType))
        {
            return (null, Problems.UnsupportedContentType($"Send application/json; '{request.ContentType}' is not taken here."));
        }
        var bytes = new ArrayBufferWriter<byte>();
        while (await request.Body.ReadAsync(bytes.GetMemory(4096), request.HttpContext.RequestAborted) is > 0 and var read)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount > MaximumBytes) { return (null, Problems.TooLarge($"At most {MaximumBytes >> 20} MiB are taken here.")); }
        }
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes.WrittenMemory);
        }
        catch (JsonException exception)
        {
            return (null, Problems.Malformed(Sentence(exception), (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1));
        }
        using (document)
        {
            try
            {
                var misfits = ShapeFaults.Find(document.RootElement, shape);
                if (misfits.Count > 0) { return (null, Problems.Invalid(slug, title, misfits)); }
                var value = JsonSerializer.Deserialize(bytes.WrittenSpan, shape);
                return value is null ? (null, Problems.Invalid(slug, title, [new Fault(1, 1, "", "An object is needed.")])) : (value, null);
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
            {
                return (null, Problems.Invalid(slug, title, [Misfit(exception)]));
            }
        }
    }

    private static Fault Misfit(Exception exception)
    {
        if (exception is not JsonException json) { return new Fault(0, 0, "", "A text is no valid Unicode, or a number is outside what its type can hold."); }
        string path = json.Path is { Length: > 2 } full && full.StartsWith("$.", StringComparison.Ordinal) ? full[2..] : "";
        // The serializer's own sentence names .NET types, which tell a caller nothing.
        string message = json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? "This value is not of the type needed here; /openapi/v1.json says which is."
            : Sentence(json);
        return new Fault((int)((json.LineNumber ?? -1) + 1), (int)((json.BytePositionInLine ?? -1) + 1), path, message);
    }

    /// <summary>The message without the place that the serializer appends.</summary>
    private static string Sentence(JsonException exception)
    {
        string message = exception.Message;
        foreach (string mark in (string[])[" Path: ", " LineNumber: "])
        {
            int at = message.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0) { message = message[..at]; }
        }
        return message;
    }

    private static bool IsJson(string? contentType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
