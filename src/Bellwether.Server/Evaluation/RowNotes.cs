using System.Collections.Concurrent;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;
using Bellwether.Server.Hosting;

namespace Bellwether.Server.Evaluation;

/// <summary>
/// Tells each model's grain what came, at most twice a second: an ingest request never waits for a model that is being evaluated,
/// and a busy grain never collects a message for each of ten thousand requests. What a stop loses the log's extent recovers.
/// </summary>
internal sealed partial class RowNotes(DataFolder data, ActivityBoard board, IGrainFactory grains, TimeProvider time, ILogger<RowNotes> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ModelKey, Note> _notes = new();

    /// <summary>Predictions of a model were stored.</summary>
    public void Predictions(ModelKey model, DateTimeOffset latest, bool live)
    {
        board.Received(model, latest);
        Keep(model, live ? new Note(latest, null, null) : new Note(null, latest, null));
    }

    /// <summary>Outcomes of a model were stored.</summary>
    public void Outcomes(ModelKey model, DateTimeOffset known) => Keep(model, new Note(null, null, known));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await data.Opened.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var model in _notes.Keys)
            {
                if (!_notes.TryRemove(model, out var note)) { continue; }
                try
                {
                    await SendAsync(grains.GetGrain<IModelGrain>(model.Value), note);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The grain could not be reached this time; a background service that throws would stop the whole server.
                    Keep(model, note);
                    LogNotTold(model, exception);
                }
            }
        }
    }

    private void Keep(ModelKey model, Note note) =>
        _notes.AddOrUpdate(model, note, (_, other) => new Note(Later(other.Live, note.Live), Later(other.History, note.History), Later(other.Known, note.Known)));

    private static async Task SendAsync(IModelGrain grain, Note note)
    {
        if (note.History is { } history) { await grain.NoteRowsAsync(history.ToMicroseconds(), live: false); }
        if (note.Live is { } live) { await grain.NoteRowsAsync(live.ToMicroseconds(), live: true); }
        if (note.Known is { } known) { await grain.NoteOutcomesAsync(known.ToMicroseconds()); }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    [LoggerMessage(LogLevel.Warning, "Model {Model} could not be told of its new rows; trying again")]
    private partial void LogNotTold(ModelKey model, Exception exception);

    /// <summary>Largest times since the last message, each null where nothing of its kind came.</summary>
    private readonly record struct Note(DateTimeOffset? Live, DateTimeOffset? History, DateTimeOffset? Known);
}
