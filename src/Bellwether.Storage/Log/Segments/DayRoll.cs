using System.Diagnostics;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Schemas;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace Bellwether.Storage.Log.Segments;

/// <summary>
/// Moves the rows of past periods from the hot tables into segments. A period is rolled when its end and the first arrival of its rows lie long
/// enough back, and all its rows lie in closed windows: then its summaries are durable, as they are stored with the close. Rows that come later
/// wait in a hot table of their own, and the next roll writes their file anew. For one caller at a time.
/// </summary>
internal sealed partial class DayRoll(HotStore store, Func<ModelKey, ModelSchema> schemaOf, TimeSpan rollAfter, ILogger logger)
{
    /// <summary>Rolls what is due. What fails is told to the log and tried by the next call; the other periods are rolled nevertheless.</summary>
    /// <param name="closedThrough">Through when a model's windows are closed, their summaries durable; null when none is.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="reached">Called after each step with the disk as it is then; for tests.</param>
    /// <param name="cancellationToken">Gives up; nothing half done stays.</param>
    /// <returns>The files written, oldest period first.</returns>
    public async Task<IReadOnlyList<Segment>> RunAsync(
        Func<ModelKey, CancellationToken, Task<DateTimeOffset?>> closedThrough, DateTimeOffset now, Action<RollStep>? reached, CancellationToken cancellationToken)
    {
        var written = new List<Segment>();
        long until = (now - rollAfter).ToMicroseconds();
        List<string> periods;
        using (var lease = store.Lease())
        {
            periods = [.. lease.View.Tables.Values.Where(table => table.To <= until).OrderBy(table => table.From).Select(table => table.Period).Distinct()];
        }
        var closes = new Dictionary<ModelKey, DateTimeOffset?>();
        foreach (string period in periods)
        {
            try
            {
                if (await IsDueAsync(store.TablesOf(period))) { written.AddRange(await RollAsync(period)); }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(period, e);
            }
        }
        await Task.Run(store.Clear, CancellationToken.None); // Also what a reader still held when it was replaced.
        return written;

        async Task<IReadOnlyList<Segment>> RollAsync(string period)
        {
            var tables = store.Seal(period);
            try
            {
                // Rows may have come since they were looked at; from here on none do.
                if (!await IsDueAsync(tables)) { return []; }
                return await Task.Run(() => Write(period, tables, reached, cancellationToken), cancellationToken);
            }
            finally
            {
                store.Unseal(tables);
            }
        }

        async Task<bool> IsDueAsync(IReadOnlyList<HotTable> tables)
        {
            foreach (var held in await Task.Run(() => HeldBy(tables), cancellationToken))
            {
                if (held.FirstArrival > until) { return false; }
                if (!closes.TryGetValue(held.Model, out var through)) { closes[held.Model] = through = await closedThrough(held.Model, cancellationToken); }
                if (through is not { } closed || held.Last >= closed.ToMicroseconds()) { return false; }
            }
            return tables.Count > 0;
        }
    }

    private List<(ModelKey Model, int Number, long Last, long FirstArrival)> HeldBy(IReadOnlyList<HotTable> tables)
    {
        if (tables.Count == 0) { return []; }
        var names = store.Models;
        string rows = string.Join(" UNION ALL ", tables.Select(table => $"SELECT model, \"timestamp\", arrival FROM {table.Name}"));
        return store.Ask(connection => connection.Rows(
            $"SELECT model, epoch_us(max(\"timestamp\")), epoch_us(min(arrival)) FROM ({rows}) GROUP BY model ORDER BY model",
            row => (names[row.GetInt32(0)], row.GetInt32(0), row.GetInt64(1), row.GetInt64(2))));
    }

    private List<Segment> Write(string period, IReadOnlyList<HotTable> tables, Action<RollStep>? reached, CancellationToken cancellationToken)
    {
        var (added, replaced) = (new List<Segment>(), new List<Segment>());
        bool moving = false;
        using var lease = store.Lease();
        try
        {
            foreach (var (model, number, _, _) in HeldBy(tables))
            {
                cancellationToken.ThrowIfCancellationRequested();
                long started = Stopwatch.GetTimestamp();
                var before = lease.View.SegmentOf(number, period);
                var segment = WriteFile(model, number, period, tables, before, reached, cancellationToken);
                added.Add(segment);
                if (before is not null) { replaced.Add(before); }
                reached?.Invoke(RollStep.Named);
                LogRolled(model, segment.File, segment.Rows, segment.SizeBytes, Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
            moving = true; // From here on the manifest alone knows whether the files are in force; the next start removes them if not.
            store.Move(tables, added, replaced);
            lease.Dispose(); // Ours is no reason to keep what was replaced.
            reached?.Invoke(RollStep.Listed);
            store.Clear();
            reached?.Invoke(RollStep.Cleared);
            return added;
        }
        catch
        {
            if (!moving) { added.ForEach(segment => store.Segments.Delete(segment.File)); }
            throw;
        }
    }

    private Segment WriteFile(
        ModelKey model, int number, string period, IReadOnlyList<HotTable> tables, Segment? before, Action<RollStep>? reached, CancellationToken cancellationToken)
    {
        var schema = schemaOf(model);
        var columns = new SegmentColumns(schema, schema.Version);
        var sources = tables.Select(table => $"SELECT * FROM {LogRelations.OfTable(table, number, table.From, table.To)}").ToList();
        if (before is not null)
        {
            store.Segments.Verify(before);
            sources.Add(new SegmentColumns(schema, before.Schema).ToHot([store.Segments.PathOf(before)], before.First, before.Last + 1));
        }
        string source = string.Join(" UNION ALL BY NAME ", sources); // A segment has its lists last.
        string file = SegmentFolder.FileOf(model, period, (before?.Revision ?? 0) + 1);
        return store.Ask(connection =>
        {
            var segment = new Segment(number, period, (before?.Revision ?? 0) + 1, file, "", 0, 0, 0, 0, null, null, schema.Version);
            var (digest, size) = store.Segments.Write(
                file,
                path =>
                {
                    Run(connection, columns.Copy(model, source, path), cancellationToken);
                    segment = Described(connection, segment, source);
                    // The hot rows go once this file is listed: it must give them back, every value of them.
                    var wanted = Checksum(connection, columns.Checksum(source));
                    var got = Checksum(connection, columns.Checksum(columns.ToHot([path], segment.First, segment.Last + 1)));
                    if (got != wanted) { throw new InvalidDataException($"The file of {model} for {period} does not read back as its rows: {got} instead of {wanted}."); }
                },
                reached);
            return segment with { Sha256 = digest, SizeBytes = size };
        });
    }

    private static Segment Described(DuckDBConnection connection, Segment segment, string source) => connection.Rows(
        "SELECT count(*), epoch_us(min(\"timestamp\")), epoch_us(max(\"timestamp\")), "
        + $"epoch_us(min(\"timestamp\") FILTER ({LogQueries.Counted})), epoch_us(max(\"timestamp\") FILTER ({LogQueries.Counted})) FROM ({source})",
        row => segment with
        {
            Rows = row.GetInt64(0),
            First = row.GetInt64(1),
            Last = row.GetInt64(2),
            FirstCounted = row.IsDBNull(3) ? null : row.GetInt64(3),
            LastCounted = row.IsDBNull(4) ? null : row.GetInt64(4),
        })[0];

    private static (long Rows, string Digest) Checksum(DuckDBConnection connection, string sql) =>
        connection.Rows(sql, row => (row.GetInt64(0), row.GetString(1)))[0];

    private static void Run(DuckDBConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var stop = cancellationToken.Register(command.Cancel);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Rolled {Model} into {File}: {Rows} rows, {Bytes} bytes, {Seconds:F2} s")]
    private partial void LogRolled(ModelKey model, string file, long rows, long bytes, double seconds);

    [LoggerMessage(LogLevel.Error, "The roll of {Period} failed; every row is where its last finished step left it, and the next roll goes on from there")]
    private partial void LogFailed(string period, Exception error);
}
