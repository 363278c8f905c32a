using Bellwether.Storage.Log.Hot;

namespace Bellwether.Storage.Log.Segments;

/// <summary>
/// Hands out the current view to readers and remembers who reads which: a table is dropped and a file deleted only when nobody can still
/// read it. So a roll waits for no reader, and no reader for a roll.
/// </summary>
internal sealed class ViewLeases(LogView first)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _readers = [];
    private readonly List<(long Since, HotTable? Table, Segment? Segment)> _unused = [];
    private volatile LogView _current = first;

    public LogView Current => _current;

    public Lease Take()
    {
        lock (_lock)
        {
            _readers[_current.Number] = _readers.GetValueOrDefault(_current.Number) + 1;
            return new Lease(this, _current);
        }
    }

    /// <summary>Makes a view current that has all the one before had.</summary>
    public void Extend(Func<LogView, LogView> next)
    {
        lock (_lock) { _current = next(_current); }
    }

    /// <summary>Makes the view after a roll current; what it no longer has is unused once its readers are done.</summary>
    public void Move(IReadOnlyCollection<HotTable> retired, IReadOnlyCollection<Segment> added, IReadOnlyCollection<Segment> replaced)
    {
        lock (_lock)
        {
            _current = _current.Moved(retired, added, replaced);
            foreach (var table in retired) { _unused.Add((_current.Number, table, null)); }
            foreach (var segment in replaced) { _unused.Add((_current.Number, null, segment)); }
        }
    }

    /// <summary>Takes out what nobody can read any more.</summary>
    public (IReadOnlyList<HotTable> Tables, IReadOnlyList<Segment> Segments) TakeUnused()
    {
        lock (_lock)
        {
            long oldest = _readers.Count == 0 ? long.MaxValue : _readers.Keys.Min();
            var free = _unused.Where(item => item.Since <= oldest).ToList();
            _unused.RemoveAll(item => item.Since <= oldest);
            return ([.. free.Select(item => item.Table).OfType<HotTable>()], [.. free.Select(item => item.Segment).OfType<Segment>()]);
        }
    }

    private void Release(long number)
    {
        lock (_lock)
        {
            if (--_readers[number] == 0) { _readers.Remove(number); }
        }
    }

    /// <summary>A view that stays readable until this is disposed.</summary>
    internal sealed class Lease(ViewLeases leases, LogView view) : IDisposable
    {
        private int _disposed;

        public LogView View { get; } = view;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) { leases.Release(View.Number); }
        }
    }
}
