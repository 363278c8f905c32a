using Orleans.Concurrency;

namespace Bellwether.Server.Evaluation;

/// <summary>One model's turnstile. Instants travel as Unix microseconds.</summary>
[Alias("bellwether.model")]
internal interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Wakes the model; its timer does the rest.</summary>
    [Alias("touch")]
    Task TouchAsync();

    /// <summary>Rows came, with this largest event time. Only live ones move the watermark.</summary>
    [Alias("noteRows"), OneWay]
    Task NoteRowsAsync(long largestEventMicros, bool live);

    /// <summary>Outcomes came; the newest became known at this instant.</summary>
    [Alias("noteOutcomes"), OneWay]
    Task NoteOutcomesAsync(long newestKnownMicros);

    /// <summary>Closes all windows up to an instant; how far windows are closed then, null when the model has no rows.</summary>
    [Alias("closeThrough"), ResponseTimeout("01:00:00")]
    Task<long?> CloseThroughAsync(long micros);

    /// <summary>The definition, the plan or the reference changed.</summary>
    [Alias("reload"), OneWay]
    Task ReloadAsync();
}
