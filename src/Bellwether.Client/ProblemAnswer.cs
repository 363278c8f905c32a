using System.Net;
using System.Text.Json;
using Bellwether.Contracts;

namespace Bellwether.Client;

/// <summary>Reads an answer of <c>application/problem+json</c>. A proxy may answer anything, so nothing here throws on what it finds.</summary>
internal static class ProblemAnswer
{
    private const int LongestExcerpt = 300;

    public static BellwetherException Read(HttpMethod method, Uri address, HttpStatusCode status, string body)
    {
        string where = $"{method} {address.AbsolutePath} was answered with {(int)status}";
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) { return FromProblem(where, status, document.RootElement); }
        }
        catch (JsonException) { } // Not JSON: its beginning is the best there is to show.
        string excerpt = body.Trim();
        if (excerpt.Length > LongestExcerpt) { excerpt = excerpt[..LongestExcerpt] + "…"; }
        return new BellwetherException(excerpt.Length == 0 ? $"{where}." : $"{where}: {excerpt}", status, "", []);
    }

    private static BellwetherException FromProblem(string where, HttpStatusCode status, JsonElement problem)
    {
        string type = Text(problem, "type"), text = Text(problem, "detail");
        if (text.Length == 0) { text = Text(problem, "title"); }
        var faults = new List<Fault>();
        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (var error in errors.EnumerateArray())
            {
                if (error.ValueKind == JsonValueKind.Object)
                {
                    faults.Add(new Fault(Place(error, "line"), Place(error, "column"), Text(error, "path"), Text(error, "message")));
                }
            }
        }
        const string Prefix = "/problems/";
        int slug = type.LastIndexOf(Prefix, StringComparison.Ordinal);
        return new BellwetherException(
            text.Length == 0 ? $"{where}." : $"{where}: {text}", status, slug < 0 ? "" : type[(slug + Prefix.Length)..], faults);
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Place(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int place) ? place : 0;
}
