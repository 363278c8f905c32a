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
            _ => TypedResults.Text("ready"),
        }).ExcludeFromDescription();
    }
}
