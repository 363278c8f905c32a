using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Monitoring.Log;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;
using Bellwether.Storage.Log;

namespace Bellwether.Server.Evaluation;

/// <summary>Closing windows on request, and the record of all closes.</summary>
internal static class CloseEndpoints
{
    public static void MapCloses(this IEndpointRouteBuilder model)
    {
        model.MapPost("/closes", CloseAsync)
            .WithTags("closes").WithSummary("Closes every window that ends at or before an instant; answers when they are evaluated. Rows that come later count as late.")
            .WithBody<CloseRequest>("application/json").Produces<CloseRecord>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        model.MapGet("/closes", ListAsync).WithTags("closes").WithSummary("All closes, oldest first.").Produces<Page<CloseRecord>>().ProducesProblem(400).ProducesProblem(404);
    }

    internal static async Task<IResult> ListAsync(string model, string? cursor, string? limit, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        if (Paging.TryRead(cursor, limit, out var start) is { } noPage) { return noPage; }
        var closes = await data.Store.ClosesAsync(RequestedModel.Of(context).Model, cancellationToken);
        var sorted = closes.OrderBy(close => close.At).ThenBy(Id, StringComparer.Ordinal).ToList();
        return TypedResults.Json(Paging.Cut(sorted, start, close => (close.At, Id(close))), BellwetherJson.Default.PageCloseRecord);

        static string Id(CloseRecord close) => UtcInstantConverter.Format(close.Through);
    }

    internal static async Task<IResult> CloseAsync(string model, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        var key = RequestedModel.Of(context).Model;
        var (request, refusal) = await JsonBody.ReadAsync(context.Request, BellwetherJson.Default.CloseRequest, "invalid-close", "The request has faults");
        if (request is null) { return refusal!; }
        var now = time.GetUtcNow();
        if (request.Through < IngestLimits.Earliest || request.Through > now + IngestLimits.ClockSkew)
        {
            string message = "Give an instant between 1970-01-02 and now: what is closed too early counts every row after it as late.";
            return Problems.Invalid("invalid-close", "The request has faults", [new Fault(0, 0, "through", message)]);
        }
        long micros = request.Through.ToMicroseconds();
        return await grains.GetGrain<IModelGrain>(key.Value).CloseThroughAsync(micros) is { } through
            ? TypedResults.Json(
                new CloseRecord(key, Instants.FromMicroseconds(through), "request", now), BellwetherJson.Default.CloseRecord)
            : Problems.Result(409, "nothing-to-close", "Nothing to close", $"No window of model '{key}' ends at or before {UtcInstantConverter.Format(request.Through)}.");
    }
}
