using System.Buffers.Binary;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Journals;

/// <summary>What a journal record holds.</summary>
internal enum RecordKind : byte
{
    Predictions = 1,
    Outcomes = 2,
    Close = 3,

    /// <summary>Predictions of the past, sent while the watermark is held.</summary>
    History = 4,
}

/// <summary>
/// One acknowledged request: the body as it came, and what was decided about its rows that the body alone does not say.
/// </summary>
/// <param name="FirstSequence">Sequence of the body's row 0; row i has FirstSequence + i.</param>
/// <param name="Rows">Sequence numbers taken: the body's rows, good and bad; 1 for a close.</param>
/// <param name="SchemaVersion">Version of the model's schema under which the body was parsed.</param>
/// <param name="Arrival">Unix microseconds.</param>
/// <param name="Marks">Good rows that are duplicates or revisions, by index among the good rows. Recorded, so that replay decides nothing again.</param>
internal sealed record JournalRecord(
    long FirstSequence, int Rows, int SchemaVersion, RecordKind Kind, BodyFormat Format, ModelKey Model, long Arrival,
    IReadOnlyList<(int Row, RowFlags Flag)> Marks, ReadOnlyMemory<byte> Body)
{
    /// <summary>The record before its body: everything but length and checksum.</summary>
    public byte[] WriteHead()
    {
        byte[] model = Encoding.UTF8.GetBytes(Model.Value);
        byte[] head = new byte[34 + model.Length + 5 * Marks.Count];
        var span = head.AsSpan();
        BinaryPrimitives.WriteInt64LittleEndian(span, FirstSequence);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], SchemaVersion);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], Arrival);
        span[24] = (byte)Kind;
        span[25] = (byte)Format;
        BinaryPrimitives.WriteInt32LittleEndian(span[26..], model.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span[30..], Marks.Count);
        model.CopyTo(span[34..]);
        var marks = span[(34 + model.Length)..];
        foreach (var (row, flag) in Marks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(marks, row);
            marks[4] = (byte)flag;
            marks = marks[5..];
        }
        return head;
    }

    /// <summary>Reads what <see cref="WriteHead"/> wrote, with the body behind it.</summary>
    public static JournalRecord Read(ReadOnlyMemory<byte> payload)
    {
        var span = payload.Span;
        int modelLength = BinaryPrimitives.ReadInt32LittleEndian(span[26..]), markCount = BinaryPrimitives.ReadInt32LittleEndian(span[30..]);
        var marks = new (int, RowFlags)[markCount];
        int at = 34 + modelLength;
        for (int i = 0; i < markCount; i++, at += 5) { marks[i] = (BinaryPrimitives.ReadInt32LittleEndian(span[at..]), (RowFlags)span[at + 4]); }
        return new JournalRecord(
            BinaryPrimitives.ReadInt64LittleEndian(span), BinaryPrimitives.ReadInt32LittleEndian(span[8..]), BinaryPrimitives.ReadInt32LittleEndian(span[12..]),
            (RecordKind)span[24], (BodyFormat)span[25], ModelKey.Parse(Encoding.UTF8.GetString(span.Slice(34, modelLength))),
            BinaryPrimitives.ReadInt64LittleEndian(span[16..]), marks, payload[at..]);
    }
}
