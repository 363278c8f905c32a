using Bellwether.Server.Hosting;

namespace Bellwether.Server.Web;

/// <summary>While the journal is replayed everything but the health checks answers 503 with a time to come back.</summary>
internal sealed class ReadyGate(RequestDelegate next, DataFolder data)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (data.IsOpen || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)) { return next(context); }
        context.Response.Headers.RetryAfter = "1";
        return Problems.WriteAsync(context, 503, "starting", "The server is starting", "The journal is being replayed; /health/ready tells when that is done.");
    }
}
