using Bellwether.Contracts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Bellwether.Server.Registry;
using Bellwether.Storage.Log;

namespace Bellwether.Server.Demo;

/// <summary>
/// Feeds the simulated service through the same ingest that everybody uses: first its past, then a batch of fresh rows every second,
/// outcomes two days late.
/// </summary>
internal sealed partial class DemoService(
    DataFolder data, ModelCatalog catalog, RowNotes notes, IGrainFactory grains, ServerOptions options, TimeProvider time, ILogger<DemoService> logger) : BackgroundService
{
    private const int RowsPerBody = 5_000;
    private static readonly TimeSpan OutcomeDelay = TimeSpan.FromHours(48);

    private readonly TaskCompletionSource<CreditDefaultWorld> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Loads definition, plan, reference and two weeks of traffic, and evaluates them; the rest of the past is the reference.</summary>
    /// <exception cref="StartupException">The data folder holds another run's models.</exception>
    public async Task LoadAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        if ((await data.Store.ListModelsAsync(cancellationToken)).Count > 0)
        {
            throw new StartupException($"The data folder '{options.DataFolder}' already holds models. The demo needs an empty one: choose another with --data, or leave --data out.");
        }
        var now = time.GetUtcNow();
        var world = new CreditDefaultWorld(new DemoOptions((ulong)settings.Seed, settings.Drift, now));
        await DefineAsync(world, now, cancellationToken);
        foreach (var hours in world.Between(world.Options.ReferenceEnd, now).Chunk(20))
        {
            await SendPredictionsAsync(hours, history: true, cancellationToken);
            await SendOutcomesAsync(hours, DateTimeOffset.MinValue, now, cancellationToken);
        }
        await grains.GetGrain<IModelGrain>(CreditDefaultWorld.Model.Value).CloseThroughAsync(Instants.ToMicroseconds(now - TimeSpan.FromMinutes(10)));
        LogLoaded(settings.Seed, (time.GetUtcNow() - now).TotalSeconds);
        _loaded.SetResult(world);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Demo is null) { return; }
        var world = await _loaded.Task.WaitAsync(stoppingToken);
        var sent = world.Options.Now;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            try
            {
                await SendAsync(world, sent, now, stoppingToken);
                sent = now;
            }
            catch (LogBusyException) { LogBusy(); } // The same rows go with the next second's.
        }
    }

    /// <summary>
    /// Sends what happened in (from, to]. Outcomes first: rows move the watermark, and what became known before a window's end must be
    /// there when the window closes, however long the service was away.
    /// </summary>
    internal async Task SendAsync(CreditDefaultWorld world, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // An outcome comes 48 to 49 hours after its prediction.
        await SendOutcomesAsync([.. world.Between(from - OutcomeDelay - TimeSpan.FromHours(1), to - OutcomeDelay)], from, to, cancellationToken);
        await SendPredictionsAsync([.. world.Between(from, to)], history: false, cancellationToken);
    }

    /// <summary>Stores definition, plan and reference.</summary>
    internal async Task DefineAsync(CreditDefaultWorld world, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Actor = "demo";
        var model = CreditDefaultWorld.Model;
        await catalog.DefineAsync(model, CreditDefaultWorld.Definition, Actor, cancellationToken);
        var stored = await data.Store.SavePlanAsync(model, CreditDefaultWorld.PlanText, Actor, now, cancellationToken);
        var plan = CompiledPlan.Compile(model, CreditDefaultWorld.Definition, PlanReader.Read(stored.Text).Plan, stored.Revision, out _)!;
        await data.Store.SaveReferenceAsync(model, ReferenceFitter.Fit(plan, "first four weeks", world.ReferenceDigest, world.Reference(), cancellationToken), Actor, now, cancellationToken);
        await grains.GetGrain<IModelGrain>(model.Value).ReloadAsync();
    }

    private async Task SendPredictionsAsync(IReadOnlyList<DemoHour> hours, bool history, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        int rows = 0;
        foreach (var hour in hours)
        {
            if (rows + hour.Rows.Count > RowsPerBody) { rows = await FlushAsync(); }
            DemoBodies.WritePredictions(hour.Rows, 0, hour.Rows.Count, body);
            rows += hour.Rows.Count;
        }
        if (rows > 0) { await FlushAsync(); }

        async Task<int> FlushAsync()
        {
            body.Position = 0;
            var result = history
                ? await data.Log.AppendHistoryAsync(CreditDefaultWorld.Model, BodyFormat.NdJson, body, time.GetUtcNow(), cancellationToken)
                : await data.Log.AppendPredictionsAsync(CreditDefaultWorld.Model, BodyFormat.NdJson, body, time.GetUtcNow(), cancellationToken);
            if (result.Latest is { } latest) { notes.Predictions(CreditDefaultWorld.Model, latest, live: !history); }
            body.SetLength(0);
            return 0;
        }
    }

    /// <summary>Sends what became known in (after, through].</summary>
    private async Task SendOutcomesAsync(IReadOnlyList<DemoHour> hours, DateTimeOffset after, DateTimeOffset through, CancellationToken cancellationToken)
    {
        long from = after.ToMicroseconds(), to = through.ToMicroseconds();
        using var body = new MemoryStream();
        foreach (var hour in hours)
        {
            DemoBodies.WriteOutcomes(hour, Enumerable.Range(0, hour.Rows.Count).Where(i => hour.KnownAt[i] > from && hour.KnownAt[i] <= to), body);
        }
        if (body.Length == 0) { return; }
        body.Position = 0;
        var result = await data.Log.AppendOutcomesAsync(CreditDefaultWorld.Model, BodyFormat.NdJson, body, time.GetUtcNow(), cancellationToken);
        if (result.Latest is { } known) { notes.Outcomes(CreditDefaultWorld.Model, known); }
    }

    [LoggerMessage(LogLevel.Information, "Demo with seed {Seed}: six weeks of history are loaded and evaluated, in {Seconds:0.0} s")]
    private partial void LogLoaded(int seed, double seconds);

    [LoggerMessage(LogLevel.Warning, "Demo: the log is busy; its rows wait a second")]
    private partial void LogBusy();
}
