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
/// <param name="Reports">Windows of the range.</param>
/// <param name="Recent">Windows of the range, and of a week at least: what a verdict rests on.</param>
/// <param name="LastData">End of that window; null without data.</param>
internal sealed record ModelFacts(
    ModelDefinition Definition, CompiledPlan Plan, FittedReference? Reference, MonitorState? State, TimeWindow Range,
    IReadOnlyList<WindowReport> Reports, IReadOnlyList<WindowReport> Recent, IReadOnlyList<Alert> Firing, DateTimeOffset? LastData, ModelActivity Activity)
{
    /// <summary>Whether rhythm is still being learnt, and until when.</summary>
    public DateTimeOffset? LearningUntil =>
        (Reference is null ? State?.FirstWindow : State?.Began) is { } first && (Reference is null || !Reference.IsWatching) && first + StreamWatch.LearningTime is var until && until > State!.ClosedThrough
            ? until
            : null;

    /// <summary>End of the last window whose outcomes are mostly known; null without outcomes.</summary>
    public DateTimeOffset? OutcomesKnownUntil => Recent.LastOrDefault(r => r.Coverage >= 0.5)?.End;

    /// <summary>Days that <see cref="Recent"/> covers.</summary>
    public double RecentDays => Recent.Count == 0 ? 0 : Math.Ceiling((Recent[^1].End - Recent[0].Start).TotalDays);

    /// <summary>Event time of the newest prediction; of the newest closed window where the log does not say; null without data.</summary>
    public DateTimeOffset? NewestEvent => Activity.NewestEvent ?? LastData;

    /// <summary>Since when nothing came, for a model that has fallen silent; null while predictions come.</summary>
    public DateTimeOffset? SilentSince(DateTimeOffset now)
    {
        var patience = 3 * Plan.Window + Plan.AllowedLateness;
        if (patience < TimeSpan.FromDays(1)) { patience = TimeSpan.FromDays(1); }
        return NewestEvent is { } newest && now - newest > patience ? newest : null;
    }
}
