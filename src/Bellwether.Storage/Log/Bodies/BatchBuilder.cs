using System.Buffers.Binary;
using System.IO.Hashing;
using Bellwether.Contracts.Log;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Collects rows end to end and the rejections beside them.</summary>
internal sealed class BatchBuilder : IDisposable
{
    private readonly List<int> _starts = [];
    private readonly List<RejectedRow> _rejected = [];

    public ByteBuffer Rows { get; } = new(4096);

    public void Reject(int row, string reason) => _rejected.Add(new RejectedRow(row, reason));

    /// <summary>Where the row that is written next begins.</summary>
    public int Begin()
    {
        _starts.Add(Rows.Length);
        return Rows.Length;
    }

    /// <summary>Completes the head of the row begun last, whose bytes from <see cref="RowLayout.Body"/> on are written.</summary>
    public void End(int start, int row, long time, RowFlags flags)
    {
        if (Rows.Length > IngestLimits.ParsedBytes)
        {
            throw new BodyTooLargeException($"The rows take more than {IngestLimits.ParsedBytes >> 20} MiB once parsed; send fewer at a time.");
        }
        var bytes = Rows.Slice(new TextRange(start, Rows.Length - start));
        // A time that the sender did not give is no part of what was said: a retry arrives later and is still equal.
        long seed = ((flags & RowFlags.TimeGiven) != 0 ? time : -1) * 64 + (byte)flags;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[RowLayout.Time..], time);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[RowLayout.Content..], XxHash3.HashToUInt64(bytes[RowLayout.Body..], seed));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[RowLayout.Row..], row);
        bytes[RowLayout.Flags] = (byte)flags;
    }

    public RowBatch Build(int bodyRows) => new(Rows.ToArray(), [.. _starts], bodyRows, [.. _rejected.OrderBy(rejected => rejected.Row)]);

    public void Dispose() => Rows.Dispose();
}
