using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Overview;

/// <summary>Everything a page of one model is composed from.</summary>
/// <param name="Range">Event time shown; ends with the newest closed window that holds rows.</param>
/// <param name="LastData">End of that window; null without data.</param>
internal sealed record ModelFacts(
    ModelDefinition Definition, CompiledPlan Plan, FittedReference? Reference, MonitorState? State, TimeWindow Range,
    IReadOnlyList<WindowReport> Reports, IReadOnlyList<Alert> Firing, DateTimeOffset? LastData)
{
    /// <summary>Whether rhythm is still being learnt, and until when.</summary>
    public DateTimeOffset? LearningUntil =>
        (Reference is null ? State?.FirstWindow : State?.Began) is { } first && (Reference is null || !Reference.IsWatching) && first + StreamWatch.LearningTime is var until && until > State!.ClosedThrough
            ? until
            : null;

    /// <summary>End of the last window whose outcomes are mostly known; null without outcomes.</summary>
    public DateTimeOffset? OutcomesKnownUntil => Reports.LastOrDefault(r => r.Coverage >= 0.5)?.End;
}
