using System.Threading.RateLimiting;
using Bellwether.Server.Hosting;
using Microsoft.AspNetCore.RateLimiting;

namespace Bellwether.Server.Web;

/// <summary>Requests with rows take turns, so that memory has a bound whatever the number of senders. Questions never wait for them.</summary>
internal static class IngestTurns
{
    public const string Policy = "ingest";

    public static IServiceCollection AddIngestTurns(this IServiceCollection services, ServerOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddConcurrencyLimiter(Policy, turns =>
        {
            (turns.PermitLimit, turns.QueueLimit) = (options.BodiesAtOnce, options.BodiesWaiting);
            turns.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            await Problems.WriteAsync(
                rejected.HttpContext, 503, "busy", "Too many requests with rows at once",
                $"{options.BodiesAtOnce} requests are being stored and {options.BodiesWaiting} wait. Nothing of this one was read; send it again in a second, or send more rows in fewer requests.");
        };
    });
}
