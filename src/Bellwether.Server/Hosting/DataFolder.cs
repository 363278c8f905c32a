using Bellwether.Contracts;
using Bellwether.Storage.Log;
using Bellwether.Storage.Metadata;

namespace Bellwether.Server.Hosting;

/// <summary>
/// What one process keeps: the log and the metadata of a data folder. Kestrel listens before it is open, because replaying a long
/// journal takes its time and a load balancer wants an answer meanwhile; whoever needs it waits for <see cref="Opened"/>.
/// </summary>
internal sealed class DataFolder(ServerOptions options, WebhookTargets webhooks, TimeProvider time, ILogger<PredictionLog> logger) : IAsyncDisposable
{
    private readonly Dictionary<ModelKey, LogMarks> _marksAtStart = [];
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PredictionLog? _log;
    private MetadataDatabase? _database;
    private MonitorStore? _store;
    private DeliveryOutbox? _outbox;

    /// <summary>Where uploads wait while they are read.</summary>
    public string Incoming { get; } = Path.Combine(options.DataFolder, "incoming");

    /// <summary>Completes when the folder is open.</summary>
    public Task Opened => _opened.Task;

    public bool IsOpen => _opened.Task.IsCompletedSuccessfully;

    public PredictionLog Log => _log ?? throw NotOpen();

    public MonitorStore Store => _store ?? throw NotOpen();

    public DeliveryOutbox Outbox => _outbox ?? throw NotOpen();

    /// <summary>
    /// How far a model's log reached when the process started; null without rows. Rows that come later are noted as they come, so
    /// that history which arrives while a grain wakes is not taken for live traffic.
    /// </summary>
    public LogMarks? MarksAtStart(ModelKey model) => _marksAtStart.GetValueOrDefault(model);

    /// <summary>Opens the folder, replays the journal and tells the log about every model.</summary>
    /// <exception cref="DataFolderBusyException">Another process has it.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        // The log first: it holds the folder's lock, and no second process may touch the metadata.
        _log = await PredictionLog.OpenAsync(options.DataFolder, new LogOptions(), time, logger, cancellationToken);
        _database = await MetadataDatabase.OpenAsync(options.DataFolder, cancellationToken);
        _store = new MonitorStore(_database, webhooks.Urls);
        _outbox = new DeliveryOutbox(_database);
        if (Directory.Exists(Incoming)) { Directory.Delete(Incoming, recursive: true); } // Left by a process that died while reading an upload.
        Directory.CreateDirectory(Incoming);
        foreach (var stored in await _store.ListModelsAsync(cancellationToken))
        {
            await _log.DeclareModelAsync(stored.Model, stored.Definition, cancellationToken);
            if (await _log.MarksAsync(stored.Model, cancellationToken) is { } marks) { _marksAtStart[stored.Model] = marks; }
        }
        _opened.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _opened.TrySetCanceled();
        if (_log is not null) { await _log.DisposeAsync(); }
        _database?.Dispose();
        (_log, _database) = (null, null);
        if (options.IsTemporary && Directory.Exists(options.DataFolder)) { Directory.Delete(options.DataFolder, recursive: true); }
    }

    private static InvalidOperationException NotOpen() => new("The data folder is not open yet.");
}
