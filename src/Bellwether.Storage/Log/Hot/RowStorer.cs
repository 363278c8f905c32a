using System.Buffers.Binary;
using System.Text;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Journals;

namespace Bellwether.Storage.Log.Hot;

/// <summary>Writes the rows of records into the columns of <see cref="HotColumns"/>.</summary>
/// <param name="node">The node that took the rows.</param>
/// <param name="predictionsOf">The table of a period.</param>
/// <param name="writerOf">Any other table by its name.</param>
internal sealed class RowStorer(string node, Func<string, ChunkWriter> predictionsOf, Func<string, ChunkWriter> writerOf)
{
    private readonly byte[] _node = Encoding.UTF8.GetBytes(node);

    public void Store(PendingRecord record, int model)
    {
        switch (record.Kind)
        {
            case RecordKind.Predictions or RecordKind.History: StorePredictions(record, model); break;
            case RecordKind.Outcomes: StoreOutcomes(record, model); break;
            default: StoreClose(record, model); break;
        }
    }

    private void StorePredictions(PendingRecord record, int model)
    {
        var batch = record.Batch!;
        string? period = null;
        int periodDay = int.MinValue;
        for (int i = 0; i < batch.Count; i++)
        {
            var flags = batch.Flags(i);
            if ((flags & RowFlags.Duplicate) != 0) { continue; }
            long time = batch.Time(i);
            int day = Microseconds.DayOf(time);
            if (period is null || day != periodDay) { (period, periodDay) = (HotTable.PeriodOf(time, record.Arrival), day); }
            var writer = predictionsOf(period);
            var row = batch[i];
            var fields = new FieldReader(row, RowLayout.PredictionFields);
            writer.Int32(0, model);
            Text(writer, 1, ref fields); // id
            Text(writer, 2, ref fields); // version
            writer.Int64(3, time);
            writer.Int64(4, record.Arrival);
            writer.Text(5, _node);
            writer.Int64(6, record.FirstSequence + batch.Row(i));
            writer.Boolean(7, (flags & RowFlags.Shadow) != 0);
            Text(writer, 13, ref fields); // error
            Text(writer, 8, ref fields); // unit
            writer.Double(9, BinaryPrimitives.ReadDoubleLittleEndian(row[RowLayout.Body..]));
            Text(writer, 10, ref fields); // predictionText
            writer.Double(11, BinaryPrimitives.ReadDoubleLittleEndian(row[RowLayout.PredictionScore..]));
            writer.Double(12, BinaryPrimitives.ReadDoubleLittleEndian(row[RowLayout.PredictionLatency..]));
            Text(writer, 16, ref fields); // scores
            Text(writer, 17, ref fields); // tags
            Text(writer, 18, ref fields); // extra
            Text(writer, 19, ref fields); // mistyped
            writer.Numbers(14, fields.NumberBytes(BinaryPrimitives.ReadInt32LittleEndian(row[RowLayout.PredictionNumbers..])));
            writer.Texts(15, ref fields, BinaryPrimitives.ReadInt32LittleEndian(row[RowLayout.PredictionTexts..]));
            writer.UInt64(20, batch.Content(i));
            writer.Boolean(21, (flags & RowFlags.Revision) != 0);
            writer.Boolean(22, (flags & RowFlags.TimeGiven) != 0);
            writer.Int32(23, record.SchemaVersion);
            writer.EndRow();
        }
    }

    private void StoreOutcomes(PendingRecord record, int model)
    {
        var batch = record.Batch!;
        for (int i = 0; i < batch.Count; i++)
        {
            var flags = batch.Flags(i);
            if ((flags & RowFlags.Duplicate) != 0) { continue; }
            var writer = writerOf("outcomes");
            var row = batch[i];
            var fields = new FieldReader(row, RowLayout.OutcomeFields);
            writer.Int32(0, model);
            Text(writer, 1, ref fields); // id
            writer.Double(2, BinaryPrimitives.ReadDoubleLittleEndian(row[RowLayout.Body..]));
            Text(writer, 3, ref fields); // outcomeText
            writer.Int64(4, batch.Time(i));
            writer.Int64(5, record.Arrival);
            long predictedAt = BinaryPrimitives.ReadInt64LittleEndian(row[RowLayout.OutcomePredictedAt..]);
            if (predictedAt == OutcomeRow.NoTime) { writer.Null(6); } else { writer.Int64(6, predictedAt); }
            writer.Boolean(7, (flags & RowFlags.Retract) != 0);
            writer.Text(8, _node);
            writer.Int64(9, record.FirstSequence + batch.Row(i));
            writer.UInt64(10, batch.Content(i));
            writer.EndRow();
        }
    }

    private void StoreClose(PendingRecord record, int model)
    {
        var close = record.Close!;
        var writer = writerOf("closes");
        writer.Int32(0, model);
        writer.Int64(1, close.Through.ToMicroseconds());
        writer.Text(2, Encoding.UTF8.GetBytes(close.Reason));
        writer.Int64(3, close.At.ToMicroseconds());
        writer.Text(4, _node);
        writer.Int64(5, record.FirstSequence);
        writer.EndRow();
    }

    private static void Text(ChunkWriter writer, int column, ref FieldReader fields)
    {
        if (fields.TryText(out var text)) { writer.Text(column, text); } else { writer.Null(column); }
    }
}
