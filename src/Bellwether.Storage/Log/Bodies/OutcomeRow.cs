using System.Buffers.Binary;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>The outcome that is being read: scratch memory used again for each row, written to the batch when the row is whole.</summary>
internal sealed class OutcomeRow(BatchBuilder batch, long arrival) : IDisposable
{
    /// <summary>Stands for an event time that was not given.</summary>
    public const long NoTime = long.MinValue;

    public ByteBuffer Arena { get; } = new(512);

    /// <summary>Unix microseconds.</summary>
    public long Arrival { get; } = arrival;

    public TextRange Id, Text;
    public double Number;
    public long? KnownAt;
    public long PredictedAt;
    public bool Retract;

    public void Begin()
    {
        Arena.Clear();
        (Id, Text, Number, KnownAt, PredictedAt, Retract) = (default, default, double.NaN, null, NoTime, false);
    }

    public bool HasValue => !Text.IsNull || !double.IsNaN(Number);

    public void Commit(int row)
    {
        int start = batch.Begin();
        var head = batch.Rows.Reserve(RowLayout.OutcomeFields);
        head.Clear();
        BinaryPrimitives.WriteDoubleLittleEndian(head[RowLayout.Body..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(head[RowLayout.OutcomePredictedAt..], PredictedAt);
        batch.Rows.Advance(RowLayout.OutcomeFields);
        Field(Id);
        Field(Text);
        var flags = (KnownAt is null ? RowFlags.None : RowFlags.TimeGiven) | (Retract ? RowFlags.Retract : RowFlags.None);
        batch.End(start, row, KnownAt ?? Arrival, flags);
    }

    public void Dispose() => Arena.Dispose();

    private void Field(TextRange text)
    {
        batch.Rows.AppendInt32(text.IsNull ? -1 : text.Length);
        batch.Rows.Append(Arena.Slice(text));
    }
}
