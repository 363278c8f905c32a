using Bellwether.Server.Evaluation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Bellwether.Server.Hosting;

/// <summary>One server process from start to stop.</summary>
internal static class BellwetherServer
{
    /// <summary>Runs until stopped. 0 after a clean stop; 1, with one line on the error stream, when it could not start.</summary>
    public static async Task<int> RunAsync(ServerOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        try
        {
            app = Build(options);
            await StartAsync(app, options, cancellationToken);
            await output.WriteLineAsync($"Bellwether is ready: {string.Join(", ", Addresses(app))}");
            await output.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await error.WriteLineAsync(StartupFaults.Explain(exception, options));
            if (app is not null) { await StopAsync(app); }
            if (options.IsTemporary && Directory.Exists(options.DataFolder)) { Directory.Delete(options.DataFolder, recursive: true); }
            return 1;
        }
        catch (OperationCanceledException)
        {
            if (app is not null) { await StopAsync(app); }
            return 0; // Told to stop while starting.
        }
        await app.WaitForShutdownAsync(cancellationToken);
        await app.DisposeAsync();
        return 0;
    }

    /// <summary>Puts the parts together; opens nothing.</summary>
    /// <exception cref="StartupException">An option is refused.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        bool loopback = ListenAddresses.Check(options.Urls, options.Insecure);
        // Named, as static assets are listed under the assembly's name, and whoever hosts this in its own process has another.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = typeof(BellwetherServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls([.. options.Urls]);
        Composition.AddBellwether(builder, options);
        var app = builder.Build();
        app.Services.GetRequiredService<WebhookTargets>(); // Checked now rather than when the first alert fires.
        Composition.MapBellwether(app, loopback);
        return app;
    }

    /// <summary>Listens, opens the data folder, wakes every model. Until that is done all but the health checks answer 503.</summary>
    public static async Task StartAsync(WebApplication app, ServerOptions options, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        ListenAddresses.Check([.. Addresses(app)], options.Insecure); // Configuration can name endpoints of its own beside the options.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
        var data = app.Services.GetRequiredService<DataFolder>();
        await data.OpenAsync(stopping.Token);
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        foreach (var model in await data.Store.ListModelsAsync(stopping.Token)) { await grains.GetGrain<IModelGrain>(model.Model.Value).TouchAsync(); }
        if (options.Demo is { } demo) { await Composition.LoadDemoAsync(app.Services, demo, stopping.Token); }
    }

    /// <summary>The addresses in use, with the ports that were taken for 0.</summary>
    public static IReadOnlyCollection<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException or AggregateException)
        {
            // Half of it never started, and the line that says why is already written.
        }
        await app.DisposeAsync();
    }
}
