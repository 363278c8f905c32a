using System.Buffers.Binary;
using Bellwether.Contracts.Log;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>The good rows of one request in <see cref="RowLayout"/>, and what is wrong with the others.</summary>
internal sealed class RowBatch(byte[] bytes, int[] starts, int bodyRows, IReadOnlyList<RejectedRow> rejected)
{
    /// <summary>Good rows.</summary>
    public int Count => starts.Length;

    /// <summary>All rows of the request: each takes one sequence number.</summary>
    public int BodyRows { get; } = bodyRows;

    public IReadOnlyList<RejectedRow> Rejected { get; } = rejected;

    public int SizeBytes => bytes.Length + starts.Length * sizeof(int);

    /// <summary>The row's bytes; flags are written in place.</summary>
    public Span<byte> this[int index] => bytes.AsSpan(starts[index], (index + 1 < starts.Length ? starts[index + 1] : bytes.Length) - starts[index]);

    public long Time(int index) => BinaryPrimitives.ReadInt64LittleEndian(this[index][RowLayout.Time..]);

    public ulong Content(int index) => BinaryPrimitives.ReadUInt64LittleEndian(this[index][RowLayout.Content..]);

    public int Row(int index) => BinaryPrimitives.ReadInt32LittleEndian(this[index][RowLayout.Row..]);

    public RowFlags Flags(int index) => (RowFlags)this[index][RowLayout.Flags];

    public void Mark(int index, RowFlags flag) => this[index][RowLayout.Flags] |= (byte)flag;

    /// <summary>UTF-8 id of a row.</summary>
    public ReadOnlySpan<byte> Id(int index, int fieldsStart)
    {
        var row = this[index][fieldsStart..];
        return row.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(row));
    }
}
