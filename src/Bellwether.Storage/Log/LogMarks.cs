namespace Bellwether.Storage.Log;

/// <summary>How far a model's log reaches.</summary>
/// <param name="Live">Largest event time of the rows that were sent as live; null when all are history.</param>
/// <param name="Latest">Largest event time of all rows.</param>
/// <param name="Known">When the newest outcome became known; null without outcomes.</param>
public sealed record LogMarks(DateTimeOffset? Live, DateTimeOffset Latest, DateTimeOffset? Known);
