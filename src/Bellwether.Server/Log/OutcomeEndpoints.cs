using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;

namespace Bellwether.Server.Log;

/// <summary>The truth, when it arrives.</summary>
internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder model) => model.MapPost("/outcomes", AppendAsync).RequireRateLimiting(IngestTurns.Policy)
        .WithTags("log").WithSummary("Appends outcomes, joined to predictions by id.")
        .WithBody<List<Outcome>>("application/json", "application/x-ndjson", "application/csv", "application/vnd.apache.parquet")
        .Produces<IngestReceipt>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

    internal static async Task<IResult> AppendAsync(
        string model, HttpContext context, DataFolder data, RowNotes notes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (BodyFormats.TryRead(context.Request, out var format) is { } refusal) { return refusal; }
        var key = RequestedModel.Of(context).Model;
        var result = await data.Log.AppendOutcomesAsync(key, format, context.Request.Body, time.GetUtcNow(), cancellationToken);
        if (result.Latest is { } known) { notes.Outcomes(key, known); }
        return TypedResults.Json(result.Receipt, BellwetherJson.Default.IngestReceipt, statusCode: 202);
    }
}
