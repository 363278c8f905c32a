using Bellwether.Monitoring.Evaluation;
using Bellwether.Storage.Log;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;

namespace Bellwether.Server.Web;

/// <summary>The edge at which what went wrong becomes an answer. What is nobody's fault but ours is logged.</summary>
internal sealed partial class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested || httpContext.Response.HasStarted) { return true; }
        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private IResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case MalformedBodyException malformed:
                return Problems.Malformed(malformed.Message, malformed.Line, malformed.Column);
            case BodyTooLargeException tooLarge:
                return Problems.TooLarge(tooLarge.Message);
            case BadHttpRequestException { StatusCode: 413 }:
                return Problems.TooLarge($"At most {IngestLimits.TableBytes >> 20} MiB are taken at once; send the rows in several requests.");
            case BadHttpRequestException bad:
                return Problems.Result(bad.StatusCode, "bad-request", "The request cannot be read", bad.Message);
            case LogBusyException busy:
                context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(busy.RetryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Problems.Result(503, "busy", "Too many rows wait to be stored", busy.Message);
            case FencedException or TimeoutException or OrleansMessageRejectionException or SiloUnavailableException:
                context.Response.Headers.RetryAfter = "5";
                return Problems.Result(503, "busy", "The model is busy", "The model is being evaluated; send this again.");
            case OperationCanceledException:
                context.Response.Headers.RetryAfter = "5";
                return Problems.Result(503, "stopping", "The server is stopping", "Nothing was stored that was not answered; send this again when it is back.");
            case LogFaultException fault: // Said once, by the log itself; no time to come back, as only a restart helps.
                return Problems.Result(503, "log-fault", "The log cannot be written", fault.Message);
            case var _ when FullDisk.IsCauseOf(exception):
                LogFault(context.Request.Method, context.Request.Path, exception);
                context.Response.Headers.RetryAfter = "60";
                return Problems.Result(503, "disk-full", "The server's disk is full", "What was acknowledged is safe in the journal. Free some space and send this again.");
            default:
                LogFault(context.Request.Method, context.Request.Path, exception);
                return Problems.Result(500, "internal", "The server failed", "Something here is broken; the server's log says what.");
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(string method, string path, Exception exception);
}
