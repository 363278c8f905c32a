using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bellwether.Client.Tests;

/// <summary>One request as it came over the socket.</summary>
internal sealed record Received(string Method, string Target, string? ContentType, string Body);

/// <summary>What to answer; status 0 breaks the connection in the middle of an answer.</summary>
internal sealed record Answer(int Status, string Body, string? RetryAfter = null);

/// <summary>A real HTTP server on the loopback that answers as it is told and remembers what came.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<Received, int, Answer> _answer;
    private readonly Task _loop;

    public LoopbackServer(Func<Received, int, Answer> answer, int? port = null)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{port ?? FreePort()}");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    public ConcurrentQueue<Received> Requests { get; } = new();

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try { context = await _listener.GetContextAsync(); }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException) { return; }
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var request = new Received(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.ContentType, await reader.ReadToEndAsync());
            Requests.Enqueue(request);
            var answer = _answer(request, Requests.Count);
            if (answer.Status == 0)
            {
                // A body shorter than it says is the connection that broke half-way through the answer.
                context.Response.ContentLength64 = 100;
                await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
                context.Response.Abort();
                continue;
            }
            context.Response.StatusCode = answer.Status;
            if (answer.RetryAfter is { } after) { context.Response.AddHeader("Retry-After", after); }
            byte[] body = Encoding.UTF8.GetBytes(answer.Body);
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }
}
