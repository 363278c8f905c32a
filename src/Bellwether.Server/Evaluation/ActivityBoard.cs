using System.Collections.Concurrent;
using Bellwether.Contracts;
using Bellwether.Monitoring.Overview;
using Bellwether.Server.Hosting;

namespace Bellwether.Server.Evaluation;

/// <summary>
/// What this process has received and could not evaluate, a model each. In memory: after a start the log tells how far it reaches, and
/// an evaluation that failed is tried, and told, again at once.
/// </summary>
internal sealed class ActivityBoard(DataFolder data) : IModelActivity
{
    private const int LongestReason = 300;

    private readonly ConcurrentDictionary<ModelKey, DateTimeOffset> _newest = new();
    private readonly ConcurrentDictionary<ModelKey, EvaluationFailure> _failures = new();

    public ModelActivity Of(ModelKey model) => new(
        Later(_newest.TryGetValue(model, out var newest) ? newest : null, data.MarksAtStart(model)?.Latest), _failures.GetValueOrDefault(model));

    /// <summary>Predictions were kept.</summary>
    public void Received(ModelKey model, DateTimeOffset newest) => _newest.AddOrUpdate(model, newest, (_, before) => newest > before ? newest : before);

    public void Evaluated(ModelKey model) => _failures.TryRemove(model, out _);

    public void Failed(ModelKey model, Exception exception, DateTimeOffset at, DateTimeOffset nextTry)
    {
        string reason = exception.Message.Length <= LongestReason ? exception.Message : exception.Message[..LongestReason] + "…";
        _failures.AddOrUpdate(model, new EvaluationFailure(at, reason, nextTry), (_, before) => before with { Reason = reason, NextTry = nextTry });
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
