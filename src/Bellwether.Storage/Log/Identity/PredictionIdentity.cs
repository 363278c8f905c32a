using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Identity;

/// <summary>
/// The ids of one model that are held in memory, by event hour, and the decision what a row is: new, an equal repeat, or a revision.
/// The first row counts. Within hours that are in memory the decision is exact; an id that comes again in another event hour is found
/// if its first hour is in memory. For one caller at a time.
/// </summary>
internal sealed class PredictionIdentity
{
    private readonly Dictionary<RowKey, Entry> _ids = [];
    private readonly Dictionary<int, List<RowKey>> _loaded = [];
    private readonly HashSet<int> _stored = [];
    private bool _isRecentLoaded;

    /// <summary>Ids in memory.</summary>
    public int Count => _ids.Count;

    /// <summary>Notes that the store holds rows of an event hour.</summary>
    public void NoteStored(int hour) => _stored.Add(hour);

    /// <summary>
    /// The hours that must be read from the store before a batch is decided: those it names and, before the first batch after a start,
    /// all that are younger than the horizon. A row without a time of its own takes the arrival's, so sent again it may name another hour.
    /// </summary>
    public IReadOnlyList<int> Missing(IReadOnlySet<int> hours, int horizonHours)
    {
        IEnumerable<int> named = hours;
        if (!_isRecentLoaded && _stored.Count > 0)
        {
            int oldest = _stored.Max() - horizonHours;
            named = hours.Union(_stored.Where(hour => hour >= oldest));
        }
        return [.. named.Where(hour => _stored.Contains(hour) && !_loaded.ContainsKey(hour))];
    }

    /// <summary>Takes hours from the store: their rows in sequence order.</summary>
    public void Load(IEnumerable<int> hours, IEnumerable<(RowKey Key, ulong Content, int Hour)> rows)
    {
        _isRecentLoaded = true;
        foreach (int hour in hours) { _loaded.TryAdd(hour, []); }
        foreach (var (key, content, hour) in rows)
        {
            if (_ids.TryGetValue(key, out var entry)) { _ids[key] = entry with { Last = content }; }
            else { Add(key, content, hour); }
        }
    }

    /// <summary>What a row is; remembers it.</summary>
    public RowFlags Decide(ReadOnlySpan<byte> id, ulong content, long time)
    {
        var key = RowKey.Of(id);
        if (!_ids.TryGetValue(key, out var entry))
        {
            Add(key, content, Microseconds.HourOf(time));
            return RowFlags.None;
        }
        if (content == entry.First || content == entry.Last) { return RowFlags.Duplicate; }
        _ids[key] = entry with { Last = content };
        NoteStored(Microseconds.HourOf(time));
        return RowFlags.Revision;
    }

    /// <summary>Drops all hours but the newest two and those asked for; they are read again when touched.</summary>
    public void Forget(IReadOnlySet<int> keep)
    {
        int newest = _stored.Count == 0 ? 0 : _stored.Max();
        foreach (int hour in _loaded.Keys.Where(hour => hour < newest - 1 && !keep.Contains(hour)).ToArray())
        {
            foreach (var key in _loaded[hour]) { _ids.Remove(key); }
            _loaded.Remove(hour);
        }
    }

    private void Add(RowKey key, ulong content, int hour)
    {
        _ids.Add(key, new Entry(content, content));
        if (!_loaded.TryGetValue(hour, out var keys)) { _loaded.Add(hour, keys = []); }
        keys.Add(key);
        _stored.Add(hour);
    }

    private readonly record struct Entry(ulong First, ulong Last);
}
