using Bellwether.Server.Hosting;

namespace Bellwether.Server.Web;

/// <summary>
/// Answers only requests that name this machine as their host, while the server listens on this machine only: a page from elsewhere
/// that points its own name at 127.0.0.1 (DNS rebinding) gets nothing.
/// </summary>
internal sealed class LoopbackHosts(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => ListenAddresses.IsLoopback(context.Request.Host.Host)
        ? next(context)
        : Problems.WriteAsync(
            context, 421, "misdirected-host", "Not this host",
            "This server answers on localhost and 127.0.0.1 only. To serve other hosts, listen on another address (serve --urls … --insecure).");
}
