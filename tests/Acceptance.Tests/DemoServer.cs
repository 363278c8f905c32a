using Bellwether.Monitoring.Log;
using Bellwether.Server.Demo;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bellwether.Acceptance.Tests;

/// <summary>A server in this process that takes the demo's rows when a test says so, instead of every second.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private DemoServer(TemporaryFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public DemoService Demo => _app.Services.GetRequiredService<DemoService>();

    public DataFolder Data => _app.Services.GetRequiredService<DataFolder>();

    private IModelGrain Grain => _app.Services.GetRequiredService<IGrainFactory>().GetGrain<IModelGrain>(CreditDefaultWorld.Model.Value);

    public static async Task<DemoServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"] };
        var app = BellwetherServer.Build(options);
        await BellwetherServer.StartAsync(app, options, cancellationToken);
        return new DemoServer(folder, app);
    }

    /// <summary>Closes what ends at or before an instant; how far windows are closed then.</summary>
    public async Task<DateTimeOffset?> CloseAsync(DateTimeOffset through) =>
        await Grain.CloseThroughAsync(through.ToMicroseconds()) is { } micros ? Instants.FromMicroseconds(micros) : null;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
