using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;

namespace Bellwether.Server.Alerts;

/// <summary>The alerts of all models.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder v1) => v1.MapGet("/alerts", ListAsync)
        .WithTags("alerts").WithSummary("Alerts in their latest state, newest first.").Produces<Page<Alert>>().ProducesProblem(400);

    internal static async Task<IResult> ListAsync(string? state, string? model, string? cursor, string? limit, DataFolder data, CancellationToken cancellationToken)
    {
        if (Paging.TryRead(cursor, limit, out var start) is { } noPage) { return noPage; }
        AlertState? wanted = null;
        switch (state)
        {
            case null: break;
            case "pending": wanted = AlertState.Pending; break;
            case "firing": wanted = AlertState.Firing; break;
            case "resolved": wanted = AlertState.Resolved; break;
            default: return Problems.BadQuery("state", $"'{state}' is none of pending, firing, resolved.");
        }
        ModelKey? key = null;
        if (model is not null)
        {
            if (!ModelKey.TryParse(model, out var parsed)) { return Problems.NotAModelKey(model); }
            key = parsed;
        }
        var alerts = await data.Store.AlertsAsync(key, wanted, cancellationToken);
        return TypedResults.Json(Paging.Cut(alerts, start, alert => (alert.StartsAt, alert.Id), newestFirst: true), BellwetherJson.Default.PageAlert);
    }
}
