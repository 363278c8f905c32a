using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log;

/// <summary>Reads a CSV or Parquet file of predictions, with or without outcomes: a reference, or a history to replay.</summary>
public static class TableFile
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>All rows of a file, in its order. Which of the two it is, its first bytes tell.</summary>
    /// <param name="path">CSV files are read into memory whole: 2 GB at most.</param>
    /// <param name="roles">Which columns play which part.</param>
    /// <param name="clock">Times for a file without a time column; null leaves such a file without times.</param>
    /// <param name="zone">Of times that name no offset. A reading that daylight saving skips or repeats is the earlier instant.</param>
    /// <param name="cancellationToken">Looked at every few thousand rows.</param>
    /// <param name="arrival">When the file came: no event may be later. Null for a history of any time.</param>
    /// <exception cref="TableFileException">The file, a named column, or a value in a column with a part is not as it must be. A feature's value never throws.</exception>
    public static Task<LabelledColumns> ReadAsync(
        string path, ColumnRoles roles, RowClock? clock, TimeZoneInfo zone, CancellationToken cancellationToken, DateTimeOffset? arrival = null) =>
        Task.Run(() => Read(path, roles, clock, zone, arrival, cancellationToken), cancellationToken);

    private static LabelledColumns Read(string path, ColumnRoles roles, RowClock? clock, TimeZoneInfo zone, DateTimeOffset? arrival, CancellationToken cancellationToken)
    {
        using var source = TableSource.Open(path, zone);
        var rows = new FileRows(source, roles, arrival);
        int count = 0;
        for (; source.Read(); count++)
        {
            if (count % RowsBetweenLooks == 0) { cancellationToken.ThrowIfCancellationRequested(); }
            rows.Add(count, clock);
        }
        return rows.Take(count, clock is not null);
    }
}
