namespace Bellwether.Storage.Log.Bodies;

/// <summary>
/// A parsed row in memory, little-endian: a fixed head, then fields of (length, bytes; −1 is null), for predictions also the numbers and texts of its features by slot.
/// Rows lie end to end in one array a batch: a request of one row costs a few hundred bytes, where an array a column cost 10 KB until the flush.
/// </summary>
internal static class RowLayout
{
    /// <summary>Event time of a prediction, or when an outcome became known: Unix microseconds.</summary>
    public const int Time = 0;

    /// <summary>64-bit hash of what the sender said; equal for an equal repeat.</summary>
    public const int Content = 8;

    /// <summary>Position in the request, from 0.</summary>
    public const int Row = 16;

    public const int Flags = 20;

    /// <summary>What follows is the content that is hashed.</summary>
    public const int Body = 24;

    public const int PredictionScore = 32;
    public const int PredictionLatency = 40;
    public const int PredictionNumbers = 48;
    public const int PredictionTexts = 52;

    /// <summary>Where the fields begin: id, version, error, unit, prediction, scores, tags, extra, mistyped.</summary>
    public const int PredictionFields = 56;

    public const int OutcomePredictedAt = 32;

    /// <summary>Where the fields begin: id, outcome.</summary>
    public const int OutcomeFields = 40;
}

/// <summary>What is known of a row beside its values.</summary>
[Flags]
internal enum RowFlags : byte
{
    None = 0,
    /// <summary>The sender gave the time; otherwise it is the arrival and no part of the content.</summary>
    TimeGiven = 1,
    /// <summary>Equal to a row before; not stored.</summary>
    Duplicate = 2,
    /// <summary>Another content under an id that was there; stored, never counted.</summary>
    Revision = 4,
    /// <summary>Takes an outcome back.</summary>
    Retract = 8,
    /// <summary>Scored but not returned.</summary>
    Shadow = 16,
}
