using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bellwether.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bellwether.Server.Tests.Hosting;

/// <summary>A whole server over a folder of its own, on a port that was free.</summary>
public sealed class RunningServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bellwether-").FullName;
    private WebApplication _app = null!;

    public RunningServer()
    {
    }

    internal RunningServer(params string[] webhooks) => Webhooks = webhooks;

    public HttpClient Http { get; private set; } = null!;

    public string Folder => Path.Combine(_folder, "data");

    internal string[] Webhooks { get; } = [];

    /// <summary>Requests with rows that are stored at once, and that wait.</summary>
    internal (int AtOnce, int Waiting) Bodies { get; init; } = (32, 512);

    internal DataFolder Data => _app.Services.GetRequiredService<DataFolder>();

    internal T Part<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions { DataFolder = Folder, Urls = ["http://127.0.0.1:0"], Webhooks = Webhooks, BodiesAtOnce = Bodies.AtOnce, BodiesWaiting = Bodies.Waiting };
        _app = BellwetherServer.Build(options);
        await BellwetherServer.StartAsync(_app, options, TestContext.Current.CancellationToken);
        Http = new HttpClient { BaseAddress = new Uri(BellwetherServer.Addresses(_app).Single()) };
    }

    /// <summary>Stops the server and starts another over the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    /// <summary>Sends a text and gives the answer with its JSON.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = "application/json", string? host = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (host is not null) { request.Headers.Host = host; }
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null) { request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType); }
        }
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool json = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? false;
        return new Answer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, json ? JsonDocument.Parse(text).RootElement : default, response.Headers.Location);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PutAsync(string path, string body, string? contentType = "application/json") => SendAsync(HttpMethod.Put, path, body, contentType);

    public Task<Answer> PostAsync(string path, string body, string? contentType = "application/json") => SendAsync(HttpMethod.Post, path, body, contentType);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}

/// <summary>What a server answered.</summary>
public sealed record Answer(int Status, string? ContentType, string Text, JsonElement Json, Uri? Location)
{
    public string? Slug => Json.GetProperty("type").GetString();

    public string Detail => Json.GetProperty("detail").GetString()!;

    public IReadOnlyList<string> FaultPaths => [.. Json.GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("path").GetString()!)];
}
