namespace Bellwether.Contracts.Log;

/// <summary>Asks that all windows up to an instant are closed; rows that come later count as late.</summary>
public sealed record CloseRequest(DateTimeOffset Through);

/// <summary>One close of windows, as recorded in the log.</summary>
/// <param name="Through">Windows that end at or before this instant are closed.</param>
/// <param name="Reason"><c>watermark</c>, <c>silence</c> or <c>request</c>.</param>
/// <param name="At">Arrival time of the close.</param>
public sealed record CloseRecord(ModelKey Model, DateTimeOffset Through, string Reason, DateTimeOffset At);
