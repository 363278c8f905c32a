using System.Text;
using Bellwether.Contracts;
using Bellwether.Storage.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Journals;

namespace Bellwether.Storage.Tests.Log;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = TemporaryLog.NewFolder();

    public void Dispose()
    {
        if (Directory.Exists(_folder)) { Directory.Delete(_folder, recursive: true); }
    }

    [Fact]
    public void The_checksum_is_crc32c() =>
        Assert.Equal(0xE3069283, Crc32C.Finish(Crc32C.Append(Crc32C.Start, "123456789"u8)));

    [Fact]
    public async Task Records_come_back_as_they_went_in()
    {
        await WriteAsync(1, 2, 3);
        var records = Read(out long torn);
        Assert.Equal([1, 2, 3], records.Select(record => record.FirstSequence));
        Assert.Equal("body 2", Encoding.UTF8.GetString(records[1].Body.Span));
        Assert.Equal(("churn", 7, BodyFormat.Csv, RecordKind.Outcomes, 99L), (records[1].Model.Value, records[1].SchemaVersion, records[1].Format, records[1].Kind, records[1].Arrival));
        Assert.Equal([(0, RowFlags.Duplicate), (5, RowFlags.Revision)], records[1].Marks);
        Assert.Equal(0, torn);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public async Task A_torn_tail_is_cut_off(int missing)
    {
        await WriteAsync(1, 2, 3);
        string file = OnlyFile();
        Resize(file, new FileInfo(file).Length - missing);
        Assert.Equal([1, 2], Read(out long torn).Select(record => record.FirstSequence));
        Assert.True(torn > 0);
        Assert.Equal([1, 2], Read(out torn).Select(record => record.FirstSequence));
        Assert.Equal(0, torn);
    }

    [Fact]
    public async Task A_tail_of_zeros_is_torn_too()
    {
        await WriteAsync(1, 2);
        string file = OnlyFile();
        Resize(file, new FileInfo(file).Length + 4096);
        Assert.Equal([1, 2], Read(out long torn).Select(record => record.FirstSequence));
        Assert.Equal(4096, torn);
    }

    [Theory]
    [InlineData(8)] // Its length.
    [InlineData(12)] // Its checksum.
    [InlineData(60)] // Its content.
    public async Task A_flipped_bit_before_acknowledged_records_refuses_to_start(int at)
    {
        await WriteAsync(1, 2, 3);
        Flip(OnlyFile(), at);
        var corrupt = Assert.Throws<JournalCorruptException>(() => Read(out _));
        Assert.Equal(8, corrupt.Offset);
        Assert.Contains(OnlyFile(), corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_one_write_may_reach_the_disk_in_any_order()
    {
        await using (var journal = Open())
        {
            await journal.AppendAsync(Record(1));
            await Task.WhenAll(Enumerable.Range(2, 50).Select(i => journal.AppendAsync(Record(i))));
        }
        string file = OnlyFile();
        int records = Read(out _).Count;
        Assert.Equal(51, records);
        // The last write began where the group of the last record did; its first record is damaged and the others are whole.
        long group = LastGroup(file);
        Flip(file, (int)group + 30);
        var kept = Read(out long torn);
        Assert.True(torn > 0 && kept.Count < 51);
    }

    [Fact]
    public async Task Damage_in_a_file_that_is_not_the_last_refuses_to_start()
    {
        await WriteAsync(1, 2);
        string first = OnlyFile();
        await WriteAsync(3);
        Resize(first, new FileInfo(first).Length - 1);
        Assert.Throws<JournalCorruptException>(() => Read(out _));
    }

    [Fact]
    public async Task Files_roll_and_go_once_the_store_is_past_them()
    {
        await using var journal = Open(fileBytes: 1);
        for (int i = 1; i <= 4; i++) { await journal.AppendAsync(Record(i)); }
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
        journal.DeleteBefore(2);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        journal.DeleteBefore(100);
        Assert.Single(Directory.GetFiles(_folder)); // The last is being written.
    }

    [Fact]
    public async Task After_a_failed_write_nothing_is_taken_any_more()
    {
        int opened = 0;
        var (journal, _) = Journal.Open(_folder, 1 << 20, _ => { }, path =>
        {
            opened++;
            File.WriteAllBytes(path, []);
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read); // Every write to it fails.
        });
        await using (journal)
        {
            Assert.Null(journal.Fault);
            await Assert.ThrowsAsync<LogFaultException>(() => journal.AppendAsync(Record(1)));
            Assert.NotNull(journal.Fault);
            await Assert.ThrowsAsync<LogFaultException>(() => journal.AppendAsync(Record(2)));
            Assert.Equal(1, opened);
        }
    }

    private static JournalRecord Record(long sequence) => new(
        sequence, 1, 7, RecordKind.Outcomes, BodyFormat.Csv, ModelKey.Parse("churn"), 99, [(0, RowFlags.Duplicate), (5, RowFlags.Revision)], Encoding.UTF8.GetBytes($"body {sequence}"));

    private static long LastGroup(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        long group = 0;
        for (int at = 8; at < bytes.Length; at += 8 + BitConverter.ToInt32(bytes, at)) { group = BitConverter.ToInt64(bytes, at + 8); }
        return group;
    }

    private Journal Open(long fileBytes = 1 << 20) => Journal.Open(_folder, fileBytes, _ => { }).Journal;

    private async Task WriteAsync(params int[] sequences)
    {
        await using var journal = Open();
        foreach (int sequence in sequences) { await journal.AppendAsync(Record(sequence)); } // One group each.
    }

    private List<JournalRecord> Read(out long torn)
    {
        var records = new List<JournalRecord>();
        (var journal, torn) = Journal.Open(_folder, 1 << 20, records.Add);
        journal.DisposeAsync().AsTask().Wait();
        return records;
    }

    private string OnlyFile() => Assert.Single(Directory.GetFiles(_folder));

    private static void Resize(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(length);
    }

    private static void Flip(string file, int at)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(file, bytes);
    }
}
