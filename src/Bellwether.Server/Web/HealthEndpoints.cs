using Bellwether.Server.Hosting;

namespace Bellwether.Server.Web;

/// <summary>What a supervisor and a load balancer ask.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", IResult (DataFolder data) => data switch
        {
            { IsOpen: false } => TypedResults.Text("starting: the journal is being replayed", statusCode: 503),
            { Log.Fault: { } fault } => TypedResults.Text($"broken: {fault.Message}", statusCode: 503), // Reads go on; a load balancer sends rows elsewhere.
            _ => TypedResults.Text(Ready(data)),
        }).ExcludeFromDescription();
    }

    // Still ready: rows are taken, and all but what lies in these files is answered.
    private static string Ready(DataFolder data) => data.Log.DamagedSegments is { Count: > 0 } damaged
        ? $"ready; damaged segments, to be put back from a backup: {string.Join("; ", damaged.Select(segment => $"{segment.Key}: {segment.Value}"))}"
        : "ready";
}
