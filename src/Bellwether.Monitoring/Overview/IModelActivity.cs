using Bellwether.Contracts;

namespace Bellwether.Monitoring.Overview;

/// <summary>An evaluation that could not be finished; what it would have closed stays open.</summary>
/// <param name="Since">When the first try failed.</param>
/// <param name="Reason">What went wrong at the last try.</param>
/// <param name="NextTry">When it is tried again.</param>
public sealed record EvaluationFailure(DateTimeOffset Since, string Reason, DateTimeOffset NextTry);

/// <summary>What happened to a model beside what its evaluations stored.</summary>
/// <param name="NewestEvent">Event time of the newest prediction kept, closed or not; null without predictions.</param>
/// <param name="Failure">Null while evaluation works.</param>
public sealed record ModelActivity(DateTimeOffset? NewestEvent, EvaluationFailure? Failure)
{
    public static ModelActivity None { get; } = new(null, null);
}

/// <summary>Where the pages ask what came lately and whether it could be evaluated.</summary>
public interface IModelActivity
{
    ModelActivity Of(ModelKey model);
}
