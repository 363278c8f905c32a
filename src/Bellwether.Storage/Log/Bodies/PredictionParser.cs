using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>
/// Predictions out of a body. The same body, arrival and schema give the same rows and rejections, which is what lets the journal keep
/// the body as it came.
/// </summary>
internal static class PredictionParser
{
    /// <param name="body">Whole.</param>
    /// <param name="format">How its rows are written.</param>
    /// <param name="arrival">Unix microseconds; the event time of rows that give none.</param>
    /// <param name="draft">The model's schema; takes up the features the good rows add.</param>
    /// <param name="temporaryFolder">Where a Parquet body is spooled.</param>
    /// <exception cref="MalformedBodyException">The body cannot be cut into rows.</exception>
    /// <exception cref="BodyTooLargeException">Over <see cref="IngestLimits"/>.</exception>
    public static RowBatch Parse(ReadOnlyMemory<byte> body, BodyFormat format, long arrival, SchemaDraft draft, string temporaryFolder)
    {
        using var batch = new BatchBuilder();
        using var row = new PredictionRow(draft, batch, arrival);
        int rows = format is BodyFormat.Json or BodyFormat.NdJson
            ? JsonRows.Read(body.Span, format, new PredictionJson(row), batch)
            : TableBody.Read(body, format, temporaryFolder, table => new TablePredictions(table, row, new ZonedClock(draft.Schema.Zone)).Read(batch));
        return batch.Build(rows);
    }
}
