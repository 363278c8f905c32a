using System.Collections.Concurrent;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Journals;
using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Segments;
using Microsoft.Extensions.Logging;

namespace Bellwether.Storage.Log;

/// <summary>
/// The log of one node: append-only, the single source of truth. A request is acknowledged when the journal has it on disk; readers see
/// everything acknowledged before they ask. All members may be called at the same time.
/// </summary>
public sealed partial class PredictionLog : IModelLog, IAsyncDisposable
{
    private const long ReplayBytes = 64L << 20;

    private readonly LogFolder _folder;
    private readonly HotStore _store;
    private readonly Journal _journal;
    private readonly Outbox _outbox;
    private readonly Ingest _ingest;
    private readonly LogQueries _queries;
    private readonly DayRoll _roll;
    private readonly SemaphoreSlim _rolling = new(1, 1);
    private readonly LogOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _flusher;
    private int _hurried;
    private int _saidFault;
    private int _disposed;

    private PredictionLog(LogFolder folder, HotStore store, Journal journal, Outbox outbox, Ingest ingest, LogQueries queries, LogOptions options, TimeProvider time, ILogger logger)
    {
        (_folder, _store, _journal, _outbox, _ingest, _queries, _options, _logger) = (folder, store, journal, outbox, ingest, queries, options, logger);
        _roll = new DayRoll(store, model => ingest.StateOf(model).Schema, options.RollAfter, logger);
        _flusher = FlushInBackgroundAsync(new PeriodicTimer(options.FlushInterval, time));
    }

    /// <summary>Why nothing more is acknowledged; null while all is well. It stays until the process is started again.</summary>
    public Exception? Fault => _journal.Fault;

    /// <summary>Opens the log of a folder, and stores what a crash left in the journal.</summary>
    /// <param name="dataFolder">Created when absent.</param>
    /// <param name="options">How the log is kept.</param>
    /// <param name="time">Paces the background work.</param>
    /// <param name="logger">Told what an operator would want to know.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="DataFolderBusyException">Another process has the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    /// <exception cref="JournalCorruptException">A journal file is damaged beyond a torn tail.</exception>
    public static Task<PredictionLog> OpenAsync(string dataFolder, LogOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        Task.Run(() => Open(dataFolder, options, time, logger, cancellationToken), cancellationToken);

    /// <summary>Sets the types that the definition names, and the zone of times without offset.</summary>
    public Task DeclareModelAsync(ModelKey model, ModelDefinition definition, CancellationToken cancellationToken) => Task.Run(
        () => _ingest.Declare(model, (definition.Columns ?? new Dictionary<string, ColumnDefinition>()).Select(column => KeyValuePair.Create(column.Key, column.Value.Type)), _ => definition.TimeZone),
        cancellationToken);

    /// <summary>Sets types of features, in this order; those not named keep theirs.</summary>
    public Task DeclareColumnsAsync(ModelKey model, IReadOnlyDictionary<string, FeatureType> types, CancellationToken cancellationToken) =>
        Task.Run(() => _ingest.Declare(model, types, schema => schema.TimeZone), cancellationToken);

    /// <summary>The model's features in force, in the order in which rows have them.</summary>
    public IReadOnlyList<KeyValuePair<string, FeatureType>> ColumnsOf(ModelKey model) =>
        [.. _ingest.StateOf(model).Schema.Features.Select(slot => KeyValuePair.Create(slot.Name, slot.Type))];

    /// <summary>Stores predictions; durable when it returns. Good rows are kept whatever the others are.</summary>
    /// <param name="model">Whose they are; that it is known is the caller's business.</param>
    /// <param name="format">How the body is written.</param>
    /// <param name="body">Read to its end.</param>
    /// <param name="arrival">Event time of rows that give none; the measure of what lies in the future.</param>
    /// <param name="cancellationToken">Gives up until the rows are in the journal's queue; after that they will be stored.</param>
    /// <exception cref="MalformedBodyException">The body cannot be cut into rows; nothing was stored.</exception>
    /// <exception cref="BodyTooLargeException">Over <see cref="IngestLimits"/>; nothing was stored.</exception>
    /// <exception cref="LogBusyException">Too much waits to be stored; nothing was.</exception>
    /// <exception cref="LogFaultException">The journal cannot be written.</exception>
    public Task<AppendResult> AppendPredictionsAsync(ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken) =>
        AppendRowsAsync(RecordKind.Predictions, model, format, body, arrival, cancellationToken);

    /// <summary>Stores predictions of the past, which do not count as live; else as <see cref="AppendPredictionsAsync"/>.</summary>
    public Task<AppendResult> AppendHistoryAsync(ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken) =>
        AppendRowsAsync(RecordKind.History, model, format, body, arrival, cancellationToken);

    /// <summary>Stores outcomes; as <see cref="AppendPredictionsAsync"/>.</summary>
    public async Task<AppendResult> AppendOutcomesAsync(ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        using var read = await BodyReader.ReadAsync(body, format, cancellationToken);
        var result = await _ingest.AppendOutcomesAsync(model, format, read.Body, arrival, cancellationToken);
        Hurry();
        return result;
    }

    /// <inheritdoc />
    public Task<long> AppendCloseAsync(CloseRecord close, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _ingest.AppendCloseAsync(close);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LoggedClose>> ClosesAfterAsync(ModelKey model, long sequence, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.ClosesAfter(model, sequence), cancellationToken);
    }

    /// <summary>One prediction with its outcome and revisions; null when there is none.</summary>
    /// <remarks>While acknowledged rows cannot be moved, what was moved before is still found; the failure is thrown only where the answer could rest on them.</remarks>
    public async Task<StoredPrediction?> FindAsync(ModelKey model, string id, CancellationToken cancellationToken)
    {
        var flush = FlushAsync(cancellationToken);
        await flush.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        var found = await Task.Run(() => new StoredPredictions(_store).Find(model, id, _ingest.StateOf(model).Schema), cancellationToken);
        if (found is null) { await flush; }
        return found;
    }

    /// <summary>Puts everything acknowledged so far where readers see it. Readers do so by themselves.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (await _outbox.FlushAsync(cancellationToken)) { _journal.DeleteBefore(_store.Position); }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<PredictionColumns> ReadPredictionsAsync(
        ModelKey model, TimeWindow range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var schema = _ingest.StateOf(model).Schema;
        await foreach (var batch in _queries.ReadAsync(model, schema, range.Start.ToMicroseconds(), range.End.ToMicroseconds(), cancellationToken)) { yield return batch; }
    }

    /// <inheritdoc />
    public async Task<JoinedRows> ReadJoinedAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.ReadJoined(model, range.Start.ToMicroseconds(), range.End.ToMicroseconds()), cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>A retraction becomes known like an outcome, and touches its prediction's hour too.</remarks>
    public async Task<TouchedHours> TouchedHoursAsync(
        ModelKey model, DateTimeOffset after, DateTimeOffset through, long afterSequence, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.TouchedHours(model, after.ToMicroseconds(), through.ToMicroseconds(), afterSequence), cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>Repeats are not stored and revisions never count, so neither makes an hour late.</remarks>
    public async Task<LateHours> LateHoursAsync(ModelKey model, DateTimeOffset before, long afterSequence, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.LateHours(model, before.ToMicroseconds(), afterSequence), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.Extent(model), cancellationToken);
    }

    /// <summary>How far the model's rows and outcomes reach; null without rows.</summary>
    public async Task<LogMarks?> MarksAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => _queries.Marks(model), cancellationToken);
    }

    /// <summary>
    /// Moves the rows of past days into Parquet files, one a model and day (a month, for history that came long after its time). Readers get
    /// the same answers before, meanwhile and after. What could not be moved is told to the logger and tried by the next call.
    /// </summary>
    /// <param name="closedThrough">Through when the windows of a model are closed and their summaries durable; null when none is.</param>
    /// <param name="now">A day is due when this lies <see cref="LogOptions.RollAfter"/> past its end.</param>
    /// <param name="cancellationToken">Gives up; what is done stays done.</param>
    /// <returns>How many files were written.</returns>
    public async Task<int> RollAsync(Func<ModelKey, CancellationToken, Task<DateTimeOffset?>> closedThrough, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await RollAsync(closedThrough, now, null, cancellationToken)).Count;

    /// <summary>Segments that are missing or not the files that were written, each with what is wrong, as far as they were looked at.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> DamagedSegments => _store.Segments.Damaged;

    internal async Task<IReadOnlyList<Segment>> RollAsync(
        Func<ModelKey, CancellationToken, Task<DateTimeOffset?>> closedThrough, DateTimeOffset now, Action<RollStep>? reached, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _rolling.WaitAsync(stop.Token);
        try
        {
            await FlushAsync(stop.Token);
            return await _roll.RunAsync(closedThrough, now, reached, stop.Token);
        }
        finally
        {
            _rolling.Release();
        }
    }

    /// <summary>Stores everything acknowledged and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) { return; }
        await _stop.CancelAsync();
        await _flusher;
        await _rolling.WaitAsync(); // A roll that is under way gives up.
        await _journal.DisposeAsync();
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (Exception e) // The journal has it all; the next start stores it.
        {
            LogFlushFailed(e);
        }
        _outbox.Dispose();
        _store.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task<AppendResult> AppendRowsAsync(
        RecordKind kind, ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        using var read = await BodyReader.ReadAsync(body, format, cancellationToken);
        var result = await _ingest.AppendPredictionsAsync(model, kind, format, read.Body, arrival, cancellationToken);
        Hurry();
        return result;
    }

    private static PredictionLog Open(string dataFolder, LogOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = LogFolder.Hold(dataFolder);
        HotStore? store = null;
        try
        {
            var models = new ConcurrentDictionary<ModelKey, LoggedModel>();
            var schemas = new SchemaStore(folder.Schemas);
            foreach (var (model, schema) in schemas.LoadAll()) { models[model] = new LoggedModel(model) { Schema = schema }; }
            store = new HotStore(folder.HotFile, options, folder.Temporary, new SegmentFolder(folder.Segments, logger));
            var (journal, next) = Replay(folder, store, models, options, logger, cancellationToken);
            foreach (var (model, hour) in store.StoredHours()) { models.GetOrAdd(model, key => new LoggedModel(key)).Predictions.NoteStored(hour); }
            var queries = new LogQueries(store, model => models.TryGetValue(model, out var state) ? state.Schema : ModelSchema.Empty);
            var outbox = new Outbox(store, next);
            var ingest = new Ingest(models, schemas, journal, outbox, queries, options, folder.Temporary);
            return new PredictionLog(folder, store, journal, outbox, ingest, queries, options, time, logger);
        }
        catch
        {
            store?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static (Journal Journal, long Next) Replay(
        LogFolder folder, HotStore store, ConcurrentDictionary<ModelKey, LoggedModel> models, LogOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        long next = store.Position, bytes = 0, rows = 0;
        var pending = new List<PendingRecord>();
        var replay = new RecordReplay(model => models.TryGetValue(model, out var state) ? state.Schema : ModelSchema.Empty, folder.Temporary);
        var (journal, torn) = Journal.Open(folder.Journal, options.JournalFileBytes, record =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.FirstSequence < store.Position) { return; }
            pending.Add(replay.Read(record));
            next = record.FirstSequence + record.Rows;
            rows += record.Rows;
            if ((bytes += pending[^1].SizeBytes) < ReplayBytes) { return; }
            store.Append(pending);
            pending.Clear();
            bytes = 0;
        });
        if (pending.Count > 0) { store.Append(pending); }
        journal.DeleteBefore(store.Position);
        if (torn > 0) { LogTornTail(logger, torn); }
        if (rows > 0) { LogReplayed(logger, rows); }
        return (journal, next);
    }

    private void Hurry()
    {
        if (_outbox.WaitingRows < _options.FlushRows || Interlocked.Exchange(ref _hurried, 1) != 0) { return; }
        _ = Task.Run(async () =>
        {
            await TryFlushAsync();
            Volatile.Write(ref _hurried, 0);
        });
    }

    private async Task FlushInBackgroundAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token)) { await TryFlushAsync(); }
            }
            catch (OperationCanceledException)
            {
                // The log is being closed, which flushes once more.
            }
        }
    }

    private async Task TryFlushAsync()
    {
        if (_journal.Fault is { } fault && Interlocked.Exchange(ref _saidFault, 1) == 0) { LogJournalFailed(fault); }
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (Exception e) // The rows stay in the journal and in memory; the next tick tries again, and senders are told to wait once memory is full.
        {
            LogFlushFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The journal ended in {Bytes} bytes of a write that was never acknowledged; they were cut off")]
    private static partial void LogTornTail(ILogger logger, long bytes);

    [LoggerMessage(LogLevel.Information, "{Rows} rows were in the journal and not yet stored; they are now")]
    private static partial void LogReplayed(ILogger logger, long rows);

    [LoggerMessage(LogLevel.Critical, "The journal cannot be written; nothing more is acknowledged until the server is started again, reads go on")]
    private partial void LogJournalFailed(Exception fault);

    [LoggerMessage(LogLevel.Error, "Acknowledged rows could not be moved to the hot tables; they are safe in the journal and will be tried again")]
    private partial void LogFlushFailed(Exception error);
}
