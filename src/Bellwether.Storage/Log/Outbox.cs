using Bellwether.Contracts.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Journals;

namespace Bellwether.Storage.Log;

/// <summary>Gives rows their sequence, and moves what the journal has to the hot tables, in that order.</summary>
internal sealed class Outbox(HotStore store, long nextSequence) : IDisposable
{
    private readonly Lock _order = new();
    private readonly Queue<PendingRecord> _waiting = [];
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private long _next = nextSequence;
    private long _bytes;
    private long _rows;

    /// <summary>Memory of what is not stored yet.</summary>
    public long WaitingBytes => Interlocked.Read(ref _bytes);

    public long WaitingRows => Interlocked.Read(ref _rows);

    /// <summary>Takes the next sequence numbers; the task ends when the journal has the record.</summary>
    public Task Enqueue(Journal journal, Func<long, JournalRecord> record, RowBatch? batch, CloseRecord? close)
    {
        lock (_order)
        {
            var entry = record(_next);
            var durable = journal.AppendAsync(entry);
            int size = (batch?.SizeBytes ?? 0) + 256;
            _waiting.Enqueue(new PendingRecord(entry.Kind, entry.Model, entry.SchemaVersion, entry.FirstSequence, entry.Rows, entry.Arrival, batch, close, size, durable));
            _next += entry.Rows;
            Interlocked.Add(ref _bytes, size);
            Interlocked.Add(ref _rows, entry.Rows);
            return durable;
        }
    }

    /// <summary>Stores everything that was taken before the call; true when there was anything.</summary>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        if (WaitingRows == 0) { return false; } // Rows leave the count after they are stored, never before.
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            PendingRecord[] records;
            lock (_order) { records = [.. _waiting]; }
            var durable = new List<PendingRecord>(records.Length);
            foreach (var record in records)
            {
                // What the journal could not take was never acknowledged, and nothing after it was either.
                await record.Durable.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!record.Durable.IsCompletedSuccessfully) { break; }
                durable.Add(record);
            }
            if (durable.Count == 0) { return false; }
            await Task.Run(() => store.Append(durable), CancellationToken.None);
            lock (_order)
            {
                foreach (var record in durable)
                {
                    _waiting.Dequeue();
                    Interlocked.Add(ref _bytes, -record.SizeBytes);
                    Interlocked.Add(ref _rows, -record.Rows);
                }
            }
            return true;
        }
        finally
        {
            _flushing.Release();
        }
    }

    public void Dispose() => _flushing.Dispose();
}
