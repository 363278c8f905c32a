using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log;

/// <summary>Outcomes out of a file, as columns of equal length.</summary>
/// <param name="Ids">Of the predictions.</param>
/// <param name="Numbers">NaN where the outcome is a text.</param>
/// <param name="Texts">Null where the outcome is a number.</param>
/// <param name="KnownAt">When each became known, Unix microseconds; empty when the file does not say.</param>
public sealed record OutcomeColumns(string[] Ids, double[] Numbers, string?[] Texts, long[] KnownAt);

/// <summary>Reads a CSV or Parquet file of outcomes.</summary>
public static class OutcomeFile
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>The rows of a file that have an outcome, in its order; repeats of an id are the caller's to judge.</summary>
    /// <param name="path">CSV or Parquet; which, its first bytes tell.</param>
    /// <param name="idColumn">Identity; null for the row's number, as "row-0".</param>
    /// <param name="outcomeColumn">The true value.</param>
    /// <param name="timestampColumn">When it became known; null when the file does not say.</param>
    /// <param name="zone">Of times that name no offset.</param>
    /// <param name="cancellationToken">Looked at every few thousand rows.</param>
    /// <exception cref="TableFileException">The file, a column, an id or a time is not as it must be.</exception>
    public static Task<OutcomeColumns> ReadAsync(
        string path, string? idColumn, string outcomeColumn, string? timestampColumn, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        Task.Run(() => Read(path, idColumn, outcomeColumn, timestampColumn, zone, cancellationToken), cancellationToken);

    private static OutcomeColumns Read(
        string path, string? idColumn, string outcomeColumn, string? timestampColumn, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        using var source = TableSource.Open(path, zone);
        var (id, outcome, time) = (source.Require(idColumn), source.Require(outcomeColumn), source.Require(timestampColumn));
        var (ids, numbers, texts, knownAt) = (new List<string>(), new List<double>(), new List<string?>(), new List<long>());
        for (int row = 0; source.Read(); row++)
        {
            if (row % RowsBetweenLooks == 0) { cancellationToken.ThrowIfCancellationRequested(); }
            var (number, text) = source.Answer(outcome);
            if (text is null && double.IsNaN(number)) { continue; }
            ids.Add(id < 0 ? $"row-{row}" : source.Text(id) ?? throw source.Fault(id, "the row has no id."));
            numbers.Add(number);
            texts.Add(text);
            if (time >= 0) { knownAt.Add(source.Time(time) ?? throw source.Fault(time, "the row has no time.")); }
        }
        return new OutcomeColumns([.. ids], [.. numbers], [.. texts], [.. knownAt]);
    }
}
