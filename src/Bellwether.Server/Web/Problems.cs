using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>The problems that the API answers with.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult UnknownModel(ModelKey model, HttpRequest request) => Result(
        404, "unknown-model", "Unknown model",
        $"There is no model '{model}'. Create it with: curl -X PUT {request.Scheme}://{request.Host}/v1/models/{model} "
        + "-H 'Content-Type: application/json' -d '{\"task\":\"binary\"}' (or multiclass, regression).");

    public static IResult NotAModelKey(string text) => Result(
        400, "invalid-model-key", "Not a model key",
        $"'{Shorten(text)}' is no model key: use a–z, 0–9, '.', '_' and '-', 128 characters at most, beginning with a letter or digit.");

    public static IResult NotFound(string detail) => Result(404, "not-found", "Not found", detail);

    public static IResult BadQuery(string parameter, string detail) =>
        Result(400, "invalid-query", "A query parameter is wrong", detail, [new Fault(0, 0, parameter, detail)]);

    public static IResult Malformed(string message, long line, long column) => Result(
        400, "malformed-body", "The body cannot be read", line > 0 ? $"Line {line}, column {column}: {message}" : message,
        [new Fault((int)Math.Min(line, int.MaxValue), (int)Math.Min(column, int.MaxValue), "", message)]);

    public static IResult Invalid(string slug, string title, IReadOnlyList<Fault> faults) => Result(
        422, slug, title, faults.Count == 1 ? faults[0].Message : $"{faults.Count} faults; each is listed under 'errors'.", faults);

    public static IResult UnsupportedContentType(string detail) => Result(415, "unsupported-content-type", "The content type is not taken here", detail);

    public static IResult TooLarge(string detail) => Result(413, "body-too-large", "The body is too large", detail);

    /// <summary>Also for whoever has no result to return, such as a middleware.</summary>
    public static Task WriteAsync(HttpContext context, int status, string slug, string title, string detail) =>
        Result(status, slug, title, detail).ExecuteAsync(context);

    public static IResult Result(int status, string slug, string title, string detail, IReadOnlyList<Fault>? errors = null) =>
        TypedResults.Json(new Problem($"/problems/{slug}", title, status, detail, errors), ServerJson.Readable.Problem, ContentType, status);

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
