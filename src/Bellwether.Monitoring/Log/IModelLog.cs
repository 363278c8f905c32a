using Bellwether.Contracts;
using Bellwether.Contracts.Log;

namespace Bellwether.Monitoring.Log;

/// <summary>One model's log, as the evaluator reads it: the embedded store, or a replayed file in memory.</summary>
public interface IModelLog
{
    /// <summary>
    /// The predictions of a range of event time, one row an id (the first in (node, sequence) order), in (timestamp, id) order,
    /// in batches that together hold every row once.
    /// </summary>
    IAsyncEnumerable<PredictionColumns> ReadPredictionsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken);

    /// <summary>The same rows beside the outcome in force of each (the first known one that was not retracted).</summary>
    Task<JoinedRows> ReadJoinedAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken);

    /// <summary>
    /// The UTC hours (their starts in Unix microseconds, ascending, distinct) of predictions whose outcome became known in (after, through],
    /// or reached the log after <paramref name="afterSequence"/> and was known by then; and the log's newest outcome sequence.
    /// </summary>
    Task<TouchedHours> TouchedHoursAsync(ModelKey model, DateTimeOffset after, DateTimeOffset through, long afterSequence, CancellationToken cancellationToken);

    /// <summary>
    /// The UTC hours (as above) of predictions with an event time before an instant that reached the log after a sequence; and how far the log
    /// was looked at: what comes later has a larger sequence.
    /// </summary>
    Task<LateHours> LateHoursAsync(ModelKey model, DateTimeOffset before, long afterSequence, CancellationToken cancellationToken);

    /// <summary>Records that windows are closed; durable when it returns. Its place in the log; 0 where closes are not kept.</summary>
    Task<long> AppendCloseAsync(CloseRecord close, CancellationToken cancellationToken);

    /// <summary>The closes recorded after a place in the log, oldest first.</summary>
    Task<IReadOnlyList<LoggedClose>> ClosesAfterAsync(ModelKey model, long sequence, CancellationToken cancellationToken);

    /// <summary>First and last event time of the model's predictions; null without rows.</summary>
    Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(ModelKey model, CancellationToken cancellationToken);
}

/// <summary>Hours of predictions that new outcomes touch.</summary>
/// <param name="Hours">Starts in Unix microseconds, ascending, distinct.</param>
/// <param name="Sequence">The newest outcome the log holds; 0 without outcomes.</param>
public sealed record TouchedHours(IReadOnlyList<long> Hours, long Sequence);

/// <summary>Hours that predictions came into.</summary>
/// <param name="Hours">Starts in Unix microseconds, ascending, distinct.</param>
/// <param name="Sequence">The newest row looked at, of any model; −1 while the log is empty.</param>
public sealed record LateHours(IReadOnlyList<long> Hours, long Sequence);

/// <summary>A close and its place in the log.</summary>
public readonly record struct LoggedClose(long Sequence, CloseRecord Close);
