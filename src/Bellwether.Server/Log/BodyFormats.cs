using Bellwether.Server.Web;
using Bellwether.Storage.Log;
using Microsoft.Net.Http.Headers;

namespace Bellwether.Server.Log;

/// <summary>
/// What a request's content type says of its rows. Only <c>application/*</c> is taken: a page from elsewhere may post
/// <c>text/plain</c> to this machine without asking, and nothing else.
/// </summary>
internal static class BodyFormats
{
    /// <summary>The format, or the answer that says what would be right.</summary>
    public static IResult? TryRead(HttpRequest request, out BodyFormat format)
    {
        format = default;
        if (request.Headers.ContentEncoding is [{ Length: > 0 } encoding] && encoding != "identity")
        {
            return Problems.UnsupportedContentType($"Content-Encoding '{encoding}' is not taken; send the rows as they are, or as Parquet, which is compressed inside.");
        }
        string? type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        BodyFormat? known = type switch
        {
            "application/json" => BodyFormat.Json,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => BodyFormat.NdJson,
            "application/csv" => BodyFormat.Csv,
            "application/vnd.apache.parquet" or "application/parquet" or "application/x-parquet" => BodyFormat.Parquet,
            _ => null,
        };
        format = known ?? default;
        return known is not null ? null : Problems.UnsupportedContentType(
            $"Send application/json, application/x-ndjson, application/csv or application/vnd.apache.parquet; '{request.ContentType}' is not taken here.");
    }
}
