using Bellwether.Contracts;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Server.Channels;
using Bellwether.Server.Hosting;

namespace Bellwether.Server.Evaluation;

/// <summary>
/// A thin shell around one model's evaluator: decides when windows close, runs one evaluation at a time, and starts over from what is
/// stored whenever one fails or another owner was faster.
/// </summary>
internal sealed partial class ModelGrain(
    DataFolder data, EvaluationSlots slots, ActivityBoard board, WebhookDelivery deliveries, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ModelGrain> logger)
    : Grain, IModelGrain
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly CloseRule _rule = new();
    private ModelKey _model;
    private ModelEvaluator? _evaluator; // Loaded when needed; dropped when fenced, when something failed, and when the plan changed.
    private int _failures;
    private DateTimeOffset _notBefore;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _model = ModelKey.Parse(this.GetPrimaryKeyString());
        if (data.MarksAtStart(_model) is { } marks) { _rule.Recover(marks, time.GetUtcNow()); }
        // Kept alive: idle collection would end the schedule of a model that nobody asks for.
        this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(Tick, Tick) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task TouchAsync() => Task.CompletedTask;

    public Task NoteRowsAsync(long largestEventMicros, bool live)
    {
        _rule.NoteRows(Instants.FromMicroseconds(largestEventMicros), live, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task NoteOutcomesAsync(long newestKnownMicros)
    {
        _rule.NoteOutcomes(Instants.FromMicroseconds(newestKnownMicros), time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task ReloadAsync()
    {
        (_evaluator, _failures, _notBefore) = (null, 0, default); // Whatever failed before may be mended now.
        return Task.CompletedTask;
    }

    public async Task<long?> CloseThroughAsync(long micros)
    {
        try
        {
            if (await LoadedAsync(lifetime.ApplicationStopping) is not { } evaluator) { return null; }
            await EvaluateAsync(evaluator, Instants.FromMicroseconds(micros), "request", lifetime.ApplicationStopping);
            return evaluator.ClosedThrough?.ToMicroseconds();
        }
        catch (Exception exception)
        {
            _evaluator = null;
            if (exception is not (FencedException or OperationCanceledException)) { board.Failed(_model, exception, time.GetUtcNow(), time.GetUtcNow() + Tick); }
            throw;
        }
    }

    private async Task OnTickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _notBefore) { return; }
        try
        {
            if (await LoadedAsync(cancellationToken) is not { } evaluator || _rule.Due(evaluator.Plan, evaluator.ClosedThrough, now) is not { } due) { return; }
            await EvaluateAsync(evaluator, due.Through, due.Reason, cancellationToken);
            _rule.Done(due);
            _failures = 0;
        }
        catch (FencedException)
        {
            _evaluator = null;
            LogFenced(_model);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _evaluator = null; // Stopping. What was not stored is evaluated anew after the start.
        }
        catch (Exception exception)
        {
            // The edge of evaluation: the failure is told, and the next try is due later rather than never.
            _evaluator = null;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(_failures++, 20))));
            _notBefore = now + pause;
            board.Failed(_model, exception, now, _notBefore);
            LogFailed(_model, pause, exception);
        }
    }

    private async Task<ModelEvaluator?> LoadedAsync(CancellationToken cancellationToken)
    {
        if (_evaluator is not null || await ModelEvaluator.LoadAsync(_model, data.Log, data.Store, cancellationToken) is not { } loaded) { return _evaluator; }
        foreach (var changes in await slots.RunAsync(() => loaded.CatchUpAsync(cancellationToken), cancellationToken)) { Tell(changes); }
        return _evaluator = loaded;
    }

    private async Task EvaluateAsync(ModelEvaluator evaluator, DateTimeOffset through, string reason, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        if (await slots.RunAsync(() => evaluator.EvaluateAsync(through, reason, at, cancellationToken), cancellationToken) is { } changes) { Tell(changes); }
        board.Evaluated(_model);
    }

    private void Tell(EvaluationChanges changes)
    {
        foreach (var alert in changes.Notifications) { LogAlert(_model, alert.Event, alert.Severity, alert.StartsAt, alert.Text); }
        if (changes.Notifications.Count > 0) { deliveries.Wake(); }
    }

    [LoggerMessage(LogLevel.Information, "Alert of {Model} {Event}, {Severity}, at {StartsAt:u}: {Text}")]
    private partial void LogAlert(ModelKey model, string @event, Severity severity, DateTimeOffset startsAt, string text);

    [LoggerMessage(LogLevel.Warning, "Model {Model}: its state moved on under another owner; this one loads anew")]
    private partial void LogFenced(ModelKey model);

    [LoggerMessage(LogLevel.Error, "Model {Model}: evaluation failed; the next try is in {Pause}")]
    private partial void LogFailed(ModelKey model, TimeSpan pause, Exception exception);
}
