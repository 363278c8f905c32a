using System.Buffers.Binary;

namespace Bellwether.Storage.Log.Journals;

/// <summary>Reads one journal file from its beginning and says how far whole records reach.</summary>
internal static class JournalReader
{
    /// <summary>First bytes of every file; the digit is the version of the format.</summary>
    public static ReadOnlySpan<byte> Magic => "BWJRNL1\n"u8;

    /// <summary>Before each record: length of what follows the first eight bytes, checksum of it, and where in the file its group began.</summary>
    public const int FrameBytes = 16;

    private const int LengthBytes = 8;

    /// <param name="file">Path.</param>
    /// <param name="isLast">Whether a torn tail is tolerated: the write that a crash cut off, which nobody was told had succeeded.</param>
    /// <param name="wholeBytes">Where the last whole record ends.</param>
    /// <exception cref="JournalCorruptException">Damage that is no torn tail.</exception>
    public static List<JournalRecord> Read(string file, bool isLast, out long wholeBytes)
    {
        byte[] bytes = File.ReadAllBytes(file);
        var records = new List<JournalRecord>();
        wholeBytes = 0;
        if (!bytes.AsSpan().StartsWith(Magic))
        {
            return isLast && Magic.StartsWith(bytes) ? records : throw new JournalCorruptException(file, 0, "this is no journal file.");
        }
        int at = Magic.Length;
        while (at < bytes.Length)
        {
            if (!IsRecord(bytes, at, out int length))
            {
                if (!isLast) { throw new JournalCorruptException(file, at, "a record is damaged, and it is not the last thing written."); }
                // The pages of one write may reach the disk in any order, but a later group is written only when this one is durable.
                if (HasLaterGroup(bytes, at)) { throw new JournalCorruptException(file, at, "a record is damaged, with acknowledged records behind it."); }
                break;
            }
            records.Add(JournalRecord.Read(bytes.AsMemory(at + FrameBytes, length - (FrameBytes - LengthBytes))));
            at += LengthBytes + length;
        }
        wholeBytes = at;
        return records;
    }

    private static bool IsRecord(byte[] bytes, int at, out int length)
    {
        length = bytes.Length - at < FrameBytes ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        if (length <= FrameBytes - LengthBytes || length > bytes.Length - at - LengthBytes) { return false; }
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4));
        return stored == Crc32C.Finish(Crc32C.Append(Crc32C.Start, bytes.AsSpan(at + LengthBytes, length)));
    }

    private static bool HasLaterGroup(byte[] bytes, int damaged)
    {
        for (int at = damaged + 1; at <= bytes.Length - FrameBytes; at++)
        {
            // The group's place is checked first: it tells records from other bytes at almost no cost.
            long group = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + LengthBytes));
            if (group > damaged && group <= at && IsRecord(bytes, at, out _)) { return true; }
        }
        return false;
    }
}
