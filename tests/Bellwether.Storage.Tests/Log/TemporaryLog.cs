using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;
using Bellwether.Storage.Log.Segments;

namespace Bellwether.Storage.Tests.Log;

/// <summary>A log in a folder that is deleted afterwards.</summary>
internal sealed class TemporaryLog : IAsyncDisposable
{
    public static readonly DateTimeOffset Arrival = new(2026, 7, 1, 12, 30, 0, TimeSpan.Zero);
    public static readonly ModelKey Model = ModelKey.Parse("churn");
    public static readonly TimeWindow Always = new(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly List<string> _folders = [];

    private TemporaryLog(string folder, LogOptions options) => (Folder, Options) = (folder, options);

    public string Folder { get; private set; }

    public LogOptions Options { get; }

    public PredictionLog Log { get; private set; } = null!;

    /// <summary>Nothing moves to the hot store by itself unless the options say so: tests decide when.</summary>
    public static async Task<TemporaryLog> OpenAsync(LogOptions? options = null, string? folder = null)
    {
        var log = new TemporaryLog(folder ?? NewFolder(), options ?? new LogOptions { FlushInterval = TimeSpan.FromHours(1) });
        log._folders.Add(log.Folder);
        log.Log = await log.OpenHereAsync();
        return log;
    }

    public RecordedLog Told { get; } = new();

    public static string NewFolder() => Path.Combine(Path.GetTempPath(), "bellwether-tests", Guid.NewGuid().ToString("N"));

    public Task<PredictionLog> OpenHereAsync() =>
        PredictionLog.OpenAsync(Folder, Options, TimeProvider.System, Told, TestContext.Current.CancellationToken);

    /// <summary>Closes in good order and opens again.</summary>
    public async Task RestartAsync()
    {
        await Log.DisposeAsync();
        Log = await OpenHereAsync();
    }

    /// <summary>Goes on from what the disk holds at this moment, as after a crash: nothing of this process's memory is saved.</summary>
    public async Task CrashAsync()
    {
        string copy = NewFolder();
        _folders.Add(copy);
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(target);
            await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        }
        await Log.DisposeAsync();
        Folder = copy;
        Log = await OpenHereAsync();
    }

    public Task<AppendResult> PredictAsync(string body, BodyFormat format = BodyFormat.NdJson, DateTimeOffset? arrival = null) =>
        Log.AppendPredictionsAsync(Model, format, new MemoryStream(Encoding.UTF8.GetBytes(body)), arrival ?? Arrival, TestContext.Current.CancellationToken);

    public Task<AppendResult> UploadAsync(string body) =>
        Log.AppendHistoryAsync(Model, BodyFormat.NdJson, new MemoryStream(Encoding.UTF8.GetBytes(body)), Arrival, TestContext.Current.CancellationToken);

    public Task<AppendResult> KnowAsync(string body, BodyFormat format = BodyFormat.NdJson, DateTimeOffset? arrival = null) =>
        Log.AppendOutcomesAsync(Model, format, new MemoryStream(Encoding.UTF8.GetBytes(body)), arrival ?? Arrival, TestContext.Current.CancellationToken);

    public async Task<List<PredictionColumns>> ReadAsync(TimeWindow? range = null, ModelKey? model = null)
    {
        var batches = new List<PredictionColumns>();
        await foreach (var batch in Log.ReadPredictionsAsync(model ?? Model, range ?? Always, TestContext.Current.CancellationToken)) { batches.Add(batch); }
        return batches;
    }

    public async Task<string[]> IdsAsync() => [.. (await ReadAsync()).SelectMany(batch => batch.Ids.Take(batch.Count))];

    public Task<JoinedRows> JoinAsync() => Log.ReadJoinedAsync(Model, Always, TestContext.Current.CancellationToken);

    /// <summary>Rolls what is due when all windows are closed and the rows are a month old.</summary>
    public Task<IReadOnlyList<Segment>> RollAsync(Action<RollStep>? reached = null, DateTimeOffset? closedThrough = null, DateTimeOffset? now = null) => Log.RollAsync(
        (_, _) => Task.FromResult<DateTimeOffset?>(closedThrough ?? Arrival.AddDays(2)), now ?? Arrival.AddDays(31), reached, TestContext.Current.CancellationToken);

    /// <summary>Paths of the files that rows were rolled into.</summary>
    public string[] SegmentFiles() => [.. Directory.EnumerateFiles(Path.Combine(Folder, "segments"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        foreach (string folder in _folders.Where(Directory.Exists)) { Directory.Delete(folder, recursive: true); }
    }
}
