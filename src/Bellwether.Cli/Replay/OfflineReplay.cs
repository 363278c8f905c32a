using Bellwether.Contracts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;

namespace Bellwether.Cli.Replay;

/// <summary>A replay in this process: the monitor that a server runs, over rows and a store in memory.</summary>
internal static class OfflineReplay
{
    private static readonly TimeWindow Always = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <exception cref="InputException">The reference cannot be fitted.</exception>
    public static async Task<ReplayReport> RunAsync(ReplayPlan plan, ReplayInput input, CancellationToken cancellationToken)
    {
        var through = input.CloseThrough;
        var store = new MemoryMonitorStore();
        await store.DefineAsync(plan.Model, input.Definition, "replay", through, cancellationToken);
        await store.SavePlanAsync(plan.Model, plan.Text, "replay", through, cancellationToken);
        StoredReference reference;
        try
        {
            reference = ReferenceFitter.Fit(input.Compiled, input.ReferenceName, input.ReferenceDigest, input.Reference, cancellationToken);
        }
        catch (UnusableReferenceException exception)
        {
            throw new InputException($"{input.ReferenceName}: {exception.Message}");
        }
        await store.SaveReferenceAsync(plan.Model, reference, "replay", through, cancellationToken);
        var log = new MemoryModelLog(input.Predictions, input.KnownAt);
        var evaluator = await ModelEvaluator.LoadAsync(plan.Model, log, store, cancellationToken)
            ?? throw new InvalidOperationException("The model was defined a moment ago.");
        await evaluator.EvaluateAsync(through, "request", through, cancellationToken);
        return new ReplayReport(
            plan.Model,
            await store.FindingsAsync(plan.Model, Always, cancellationToken),
            await store.AlertsAsync(plan.Model, null, cancellationToken),
            await store.ReportsAsync(plan.Model, Always, cancellationToken));
    }
}
