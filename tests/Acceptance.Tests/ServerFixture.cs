namespace Bellwether.Acceptance.Tests;

/// <summary>One server for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    public HttpClient Http => _server!.Http;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(CancellationToken.None, "serve", "--data", _folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) { await _server.DisposeAsync(); }
        _folder.Dispose();
    }
}
