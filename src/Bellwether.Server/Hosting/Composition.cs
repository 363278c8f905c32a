using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Dashboard;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Overview;
using Bellwether.Server.Alerts;
using Bellwether.Server.Channels;
using Bellwether.Server.Demo;
using Bellwether.Server.Drift;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Log;
using Bellwether.Server.Performance;
using Bellwether.Server.Plans;
using Bellwether.Server.Registry;
using Bellwether.Server.Web;
using Bellwether.Storage.Log;
using Microsoft.Extensions.Logging.Console;

namespace Bellwether.Server.Hosting;

/// <summary>Which parts a server is made of: the one place where they are named.</summary>
internal static class Composition
{
    public static void AddBellwether(WebApplicationBuilder builder, ServerOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WebhookTargets>();
        services.AddSingleton<DataFolder>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<EvaluationSlots>();
        services.AddSingleton<ActivityBoard>().AddSingleton<IModelActivity>(provider => provider.GetRequiredService<ActivityBoard>());
        services.AddSingleton<RowNotes>().AddHostedService(provider => provider.GetRequiredService<RowNotes>());
        services.AddHostedService<SegmentRoll>();
        services.AddSingleton<WebhookDelivery>().AddHostedService(provider => provider.GetRequiredService<WebhookDelivery>());
        services.AddHttpClient(WebhookDelivery.ClientName, WebhookDelivery.Configure).ConfigurePrimaryHttpMessageHandler(WebhookDelivery.Handler);
        services.AddSingleton<IMonitorStore>(provider => provider.GetRequiredService<DataFolder>().Store);
        services.AddSingleton<ModelViews>();
        services.AddSingleton<IModelViews>(provider => provider.GetRequiredService<ModelViews>());
        services.AddSingleton<DemoService>().AddHostedService(provider => provider.GetRequiredService<DemoService>());
        services.AddDashboard();
        services.AddExceptionHandler<ProblemHandler>();
        services.ConfigureHttpJsonOptions(json => Adopt(json.SerializerOptions));
        services.AddApiDocument();
        services.AddIngestTurns(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = IngestLimits.TableBytes + 1L; // The log counts too, and says how much is too much.
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' ");
        });
        // The output stream is for the line that says where the server listens; a script reads it.
        services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None) // What it would say at start is said in one line.
            .AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None) // The problem handler logs what is a fault.
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error)
            .AddFilter("Polly", LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Probe(), gatewayPort: 0));
    }

    public static void MapBellwether(WebApplication app, bool loopbackOnly)
    {
        app.UseExceptionHandler(_ => { });
        if (loopbackOnly) { app.UseMiddleware<LoopbackHosts>(); }
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseMiddleware<ReadyGate>();
        app.UseMiddleware<EmptyAnswers>();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        var v1 = app.MapGroup("/v1");
        v1.MapModels();
        v1.MapAlerts();
        v1.MapDefinition();
        var model = v1.MapGroup("/models/{model}").AddEndpointFilter<RequestedModel>();
        model.MapPlan();
        model.MapReference();
        model.MapPredictions();
        model.MapOutcomes();
        model.MapWindows();
        model.MapFindings();
        model.MapCloses();
        app.MapDashboard();
    }

    /// <summary>Loads the demo's history.</summary>
    public static Task LoadDemoAsync(IServiceProvider services, DemoSettings demo, CancellationToken cancellationToken) =>
        services.GetRequiredService<DemoService>().LoadAsync(demo, cancellationToken);

    /// <summary>The API document is drawn from these; answers are written with the generated shapes themselves.</summary>
    private static void Adopt(JsonSerializerOptions json)
    {
        var wire = BellwetherJson.Default.Options;
        json.TypeInfoResolverChain.Insert(0, BellwetherJson.Default);
        json.TypeInfoResolverChain.Insert(1, ServerJson.Default);
        json.NumberHandling = wire.NumberHandling;
        json.UnmappedMemberHandling = wire.UnmappedMemberHandling;
        json.DefaultIgnoreCondition = wire.DefaultIgnoreCondition;
        foreach (var converter in wire.Converters) { json.Converters.Add(converter); }
    }
}
