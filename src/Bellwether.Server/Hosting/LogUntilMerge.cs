// Stands in for the log until its branch is merged; this file goes then.
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

#pragma warning disable
namespace Bellwether.Storage.Log;

public enum BodyFormat : byte { Json = 1, NdJson = 2, Csv = 3, Parquet = 4 }

public sealed record AppendResult(IngestReceipt Receipt, DateTimeOffset? Latest);

public sealed record LogOptions;

public static class IngestLimits
{
    public const int TableBytes = 64 << 20;
    public const int NameBytes = 256;
    public const int Features = 2_000;
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch.AddDays(1);
}

public sealed class TableFileException(string file, long line, string column, string reason) : Exception(reason)
{
    public long Line => line;
    public string Column => column;
    public string Reason => reason;
}

public sealed class BodyTooLargeException(string message) : Exception(message);

public sealed class MalformedBodyException(string message, long line, long column) : Exception(message)
{
    public long Line => line;
    public long Column => column;
}

public sealed class LogBusyException(TimeSpan retryAfter) : Exception("busy")
{
    public TimeSpan RetryAfter => retryAfter;
}

public sealed class DataFolderBusyException(string folder) : IOException($"The data folder '{folder}' is in use by another process; stop that one or choose another folder.");

public static class TableFile
{
    public static Task<LabelledColumns> ReadAsync(string path, ColumnRoles roles, RowClock? clock, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        throw new TableFileException(path, 1, "", "Files are not read yet.");
}

public sealed class PredictionLog : IModelLog, IAsyncDisposable
{
    private readonly Dictionary<(ModelKey, string), Prediction> _rows = [];
    private FileStream _lock = null!;

    public static Task<PredictionLog> OpenAsync(string dataFolder, LogOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(new PredictionLog { _lock = new FileStream(Path.Combine(dataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) });
        }
        catch (IOException) { throw new DataFolderBusyException(dataFolder); }
    }

    public Task DeclareModelAsync(ModelKey model, ModelDefinition definition, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeclareColumnsAsync(ModelKey model, IReadOnlyDictionary<string, FeatureType> types, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<AppendResult> AppendPredictionsAsync(ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        List<Prediction> rows;
        try { rows = (await JsonSerializer.DeserializeAsync(body, BellwetherJson.Default.ListPrediction, cancellationToken))!; }
        catch (JsonException e) { throw new MalformedBodyException(e.Message, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1); }
        lock (_rows) { foreach (var row in rows) { _rows[(model, row.Id)] = row; } }
        return new AppendResult(new IngestReceipt(rows.Count, 0, []), rows.Max(r => r.Timestamp ?? arrival));
    }

    public async Task<AppendResult> AppendOutcomesAsync(ModelKey model, BodyFormat format, Stream body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        var rows = (await JsonSerializer.DeserializeAsync(body, BellwetherJson.Default.ListOutcome, cancellationToken))!;
        return new AppendResult(new IngestReceipt(rows.Count, 0, []), arrival);
    }

    public Task AppendCloseAsync(CloseRecord close, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredPrediction?> FindAsync(ModelKey model, string id, CancellationToken cancellationToken)
    {
        lock (_rows) { return Task.FromResult(_rows.TryGetValue((model, id), out var row) ? new StoredPrediction(row, default, "n", 1, "journal", null, [], []) : null); }
    }

    public async IAsyncEnumerable<PredictionColumns> ReadPredictionsAsync(ModelKey model, TimeWindow range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Prediction[] rows;
        lock (_rows) { rows = [.. _rows.Where(p => p.Key.Item1 == model && range.Contains(p.Value.Timestamp ?? default)).Select(p => p.Value).OrderBy(r => r.Timestamp)]; }
        if (rows.Length == 0) { yield break; }
        yield return new PredictionColumns
        {
            Count = rows.Length, Ids = [.. rows.Select(r => r.Id)], Timestamps = [.. rows.Select(r => (r.Timestamp!.Value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10)],
            Versions = new string?[rows.Length], Predictions = [.. rows.Select(r => r.Answer.Number)], PredictionTexts = new string?[rows.Length],
            Scores = [.. rows.Select(r => r.Score ?? double.NaN)], Latencies = [.. rows.Select(r => r.LatencySeconds ?? double.NaN)], Errors = new string?[rows.Length], Features = [],
        };
    }

    public Task<JoinedRows> ReadJoinedAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken) =>
        Task.FromResult(new JoinedRows { Count = 0, Timestamps = [], Predictions = [], PredictionTexts = [], Scores = [], Outcomes = [], OutcomeTexts = [], KnownAt = [] });

    public Task<TouchedHours> TouchedHoursAsync(ModelKey model, DateTimeOffset after, DateTimeOffset through, long afterSequence, CancellationToken cancellationToken) =>
        Task.FromResult(new TouchedHours([], 0));

    public Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(ModelKey model, CancellationToken cancellationToken)
    {
        lock (_rows)
        {
            var times = _rows.Where(p => p.Key.Item1 == model).Select(p => p.Value.Timestamp ?? default).ToList();
            return Task.FromResult<(DateTimeOffset, DateTimeOffset)?>(times.Count == 0 ? null : (times.Min(), times.Max()));
        }
    }

    public ValueTask DisposeAsync() { _lock.Dispose(); return default; }
}
