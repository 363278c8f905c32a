using System.Buffers.Binary;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Bellwether.Storage.Log.Journals;

/// <summary>
/// The node's write-ahead journal. One loop writes the records of all waiting requests end to end and makes them durable by one fsync (group commit).
/// After any error of a write or an fsync it takes nothing more: nobody can know what such a file holds, and trying again has lost data elsewhere.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private const string Pattern = "journal-*.log";
    private const int GroupBytes = 8 << 20;

    private readonly string _folder;
    private readonly long _fileBytes;
    private readonly Func<string, SafeFileHandle> _open;
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SortedDictionary<long, string> _files; // By the sequence of their first record.
    private readonly Lock _filesLock = new();
    private readonly Task _loop;
    private SafeFileHandle? _file;
    private long _length;
    private volatile Exception? _fault;

    private Journal(string folder, long fileBytes, SortedDictionary<long, string> files, Func<string, SafeFileHandle>? open)
    {
        (_folder, _fileBytes, _files) = (folder, fileBytes, files);
        _open = open ?? (path => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why nothing more is taken; null while all is well.</summary>
    public Exception? Fault => _fault;

    /// <summary>Opens the journal of a folder and reads what it holds. New records always begin a new file.</summary>
    /// <param name="folder">Its folder; created when absent.</param>
    /// <param name="fileBytes">Size at which a file is closed.</param>
    /// <param name="replay">Gets every whole record, in order.</param>
    /// <param name="open">How a new file is opened; null for the usual way.</param>
    /// <returns>The journal, and how many bytes of a torn tail were cut off.</returns>
    /// <exception cref="JournalCorruptException">A file is damaged in a place no crash can reach.</exception>
    public static (Journal Journal, long TornBytes) Open(
        string folder, long fileBytes, Action<JournalRecord> replay, Func<string, SafeFileHandle>? open = null)
    {
        Directory.CreateDirectory(folder);
        var files = new SortedDictionary<long, string>();
        string[] paths = [.. Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal)];
        long torn = 0;
        for (int i = 0; i < paths.Length; i++)
        {
            var records = JournalReader.Read(paths[i], isLast: i == paths.Length - 1, out long wholeBytes);
            torn += new FileInfo(paths[i]).Length - wholeBytes;
            if (records.Count == 0)
            {
                File.Delete(paths[i]);
                continue;
            }
            if (torn > 0) { Truncate(paths[i], wholeBytes); }
            files.Add(records[0].FirstSequence, paths[i]);
            foreach (var record in records) { replay(record); }
        }
        Durable.SyncFolder(folder);
        return (new Journal(folder, fileBytes, files, open), torn);
    }

    /// <summary>Takes a record in the order of calls; the task ends when it is durable.</summary>
    /// <exception cref="LogFaultException">From the task: the journal could not be written.</exception>
    public Task AppendAsync(JournalRecord record)
    {
        var waiting = new Waiting(record, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(waiting)) { waiting.Done.SetException(FaultToThrow()); }
        return waiting.Done.Task;
    }

    /// <summary>Deletes the files whose records are all before a sequence.</summary>
    public void DeleteBefore(long sequence)
    {
        lock (_filesLock)
        {
            // A file ends where the next begins; the last one is being written.
            long[] starts = [.. _files.Keys];
            bool deleted = false;
            for (int i = 0; i + 1 < starts.Length && starts[i + 1] <= sequence; i++)
            {
                File.Delete(_files[starts[i]]);
                _files.Remove(starts[i]);
                deleted = true;
            }
            if (deleted) { Durable.SyncFolder(_folder); }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _file?.Dispose();
    }

    private LogFaultException FaultToThrow() => _fault is { } fault
        ? new LogFaultException($"The journal in '{_folder}' cannot be written; nothing is acknowledged until the server is started again. {fault.Message}", fault)
        : new LogFaultException($"The journal in '{_folder}' is closed.", new ObjectDisposedException(nameof(Journal)));

    private async Task RunAsync()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            long bytes = 0;
            while (bytes < GroupBytes && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
                bytes += waiting.Record.Body.Length;
            }
            try
            {
                Write(group);
            }
            catch (Exception e) // Whatever it is, what the file holds is unknown from here on.
            {
                EndForGood(e, group);
                return;
            }
            foreach (var waiting in group) { waiting.Done.SetResult(); }
        }
    }

    private void EndForGood(Exception error, List<Waiting> group)
    {
        _fault = error;
        _queue.Writer.TryComplete();
        foreach (var waiting in group) { waiting.Done.SetException(FaultToThrow()); }
        while (_queue.Reader.TryRead(out var late)) { late.Done.SetException(FaultToThrow()); }
    }

    private void Write(List<Waiting> group)
    {
        if (_file is null || _length >= _fileBytes) { Begin(group[0].Record.FirstSequence); }
        var pieces = new List<ReadOnlyMemory<byte>>(2 * group.Count);
        long size = 0;
        foreach (var waiting in group)
        {
            byte[] head = waiting.Record.WriteHead();
            byte[] framed = new byte[JournalReader.FrameBytes + head.Length];
            head.CopyTo(framed, JournalReader.FrameBytes);
            BinaryPrimitives.WriteInt32LittleEndian(framed, framed.Length - 8 + waiting.Record.Body.Length);
            BinaryPrimitives.WriteInt64LittleEndian(framed.AsSpan(8), _length);
            uint crc = Crc32C.Append(Crc32C.Append(Crc32C.Start, framed.AsSpan(8)), waiting.Record.Body.Span);
            BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(4), Crc32C.Finish(crc));
            pieces.Add(framed);
            pieces.Add(waiting.Record.Body);
            size += framed.Length + waiting.Record.Body.Length;
        }
        RandomAccess.Write(_file!, pieces, _length);
        RandomAccess.FlushToDisk(_file!);
        _length += size;
    }

    private void Begin(long firstSequence)
    {
        _file?.Dispose();
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"journal-{firstSequence:D19}.log"));
        _file = _open(path);
        RandomAccess.Write(_file, JournalReader.Magic, 0);
        _length = JournalReader.Magic.Length;
        Durable.SyncFolder(_folder);
        lock (_filesLock) { _files[firstSequence] = path; }
    }

    private static void Truncate(string path, long length)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
    }

    private sealed record Waiting(JournalRecord Record, TaskCompletionSource Done);
}
