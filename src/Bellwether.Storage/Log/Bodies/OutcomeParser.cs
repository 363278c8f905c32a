using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Outcomes out of a body; as deterministic as <see cref="PredictionParser"/>.</summary>
internal static class OutcomeParser
{
    /// <param name="body">Whole.</param>
    /// <param name="format">How its rows are written.</param>
    /// <param name="arrival">Unix microseconds; when an outcome became known that does not say.</param>
    /// <param name="zone">Of times that name no offset.</param>
    /// <param name="temporaryFolder">Where a Parquet body is spooled.</param>
    /// <exception cref="MalformedBodyException">The body cannot be cut into rows.</exception>
    /// <exception cref="BodyTooLargeException">Over <see cref="IngestLimits"/>.</exception>
    public static RowBatch Parse(ReadOnlyMemory<byte> body, BodyFormat format, long arrival, TimeZoneInfo zone, string temporaryFolder)
    {
        using var batch = new BatchBuilder();
        using var row = new OutcomeRow(batch, arrival);
        int rows = format is BodyFormat.Json or BodyFormat.NdJson
            ? JsonRows.Read(body.Span, format, new OutcomeJson(row), batch)
            : TableBody.Read(body, format, temporaryFolder, table => new TableOutcomes(table, row, new ZonedClock(zone)).Read(batch));
        return batch.Build(rows);
    }
}
