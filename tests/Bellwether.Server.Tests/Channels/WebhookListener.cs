using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bellwether.Server.Tests.Channels;

/// <summary>A web server that takes alerts, failing as it is told.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<int> _answers;

    private WebhookListener(WebApplication app, ConcurrentQueue<int> answers) => (_app, _answers) = (app, answers);

    public ConcurrentQueue<(string Body, string? ContentType, string? Delivery)> Received { get; } = new();

    public string Url { get; private set; } = "";

    /// <param name="answers">Status codes of the first requests; 200 after them.</param>
    public static async Task<WebhookListener> StartAsync(params int[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var listener = new WebhookListener(builder.Build(), new ConcurrentQueue<int>(answers));
        listener._app.MapPost("/hook", listener.TakeAsync);
        await listener._app.StartAsync(TestContext.Current.CancellationToken);
        listener.Url = listener._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Received.Enqueue((await reader.ReadToEndAsync(context.RequestAborted), context.Request.ContentType, context.Request.Headers["Bellwether-Delivery"]));
        context.Response.StatusCode = _answers.TryDequeue(out int status) ? status : 200;
    }
}
