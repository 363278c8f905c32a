using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;
using Microsoft.AspNetCore.Http.Features;

namespace Bellwether.Server.Log;

/// <summary>Predictions going in, and one of them coming back.</summary>
internal static class PredictionEndpoints
{
    public static void MapPredictions(this IEndpointRouteBuilder model)
    {
        model.MapPost("/predictions", AppendAsync).RequireRateLimiting(IngestTurns.Policy)
            .WithTags("log").WithSummary("Appends predictions: JSON array, NDJSON, CSV or Parquet. ?history=true holds the watermark, for uploads of the past.")
            .WithBody<List<Prediction>>("application/json", "application/x-ndjson", "application/csv", "application/vnd.apache.parquet")
            .Produces<IngestReceipt>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);
        model.MapGet("/predictions/{id}", FindAsync)
            .WithTags("log").WithSummary("One prediction as stored, with its outcome and revisions.").Produces<StoredPrediction>().ProducesProblem(404);
    }

    // One bad row must not cost its batch: good rows are kept, and a retry is harmless because rows carry their ids.
    internal static async Task<IResult> AppendAsync(
        string model, string? history, HttpContext context, DataFolder data, RowNotes notes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (history is not (null or "true" or "false")) { return Problems.BadQuery("history", $"'{history}' is neither true nor false."); }
        if (BodyFormats.TryRead(context.Request, out var format) is { } refusal) { return refusal; }
        var key = RequestedModel.Of(context).Model;
        bool live = history != "true";
        var result = live
            ? await data.Log.AppendPredictionsAsync(key, format, context.Request.Body, time.GetUtcNow(), cancellationToken)
            : await data.Log.AppendHistoryAsync(key, format, context.Request.Body, time.GetUtcNow(), cancellationToken);
        if (result.Latest is { } latest) { notes.Predictions(key, latest, live); }
        return TypedResults.Json(result.Receipt, BellwetherJson.Default.IngestReceipt, statusCode: 202);
    }

    internal static async Task<IResult> FindAsync(string model, string id, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        var key = RequestedModel.Of(context).Model;
        return await data.Log.FindAsync(key, Unescaped(context, id), cancellationToken) is { } stored
            ? TypedResults.Json(stored, BellwetherJson.Default.StoredPrediction)
            : Problems.NotFound($"Model '{key}' has no prediction with this id.");
    }

    // The router leaves %2F as it is, so an id with a slash has to be read from what the caller sent.
    private static string Unescaped(HttpContext context, string id)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) { target = target[..query]; }
        string last = target[(target.LastIndexOf('/') + 1)..];
        return last.Length > 0 ? Uri.UnescapeDataString(last) : id;
    }
}
