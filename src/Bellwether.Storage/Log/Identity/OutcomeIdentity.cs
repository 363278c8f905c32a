using Bellwether.Storage.Log.Bodies;

namespace Bellwether.Storage.Log.Identity;

/// <summary>
/// The outcomes of one model that are held in memory. The first one known is in force until a retraction takes it back; the next after that is
/// in force again. For one caller at a time.
/// </summary>
internal sealed class OutcomeIdentity
{
    private readonly Dictionary<RowKey, Entry> _ids = [];

    /// <summary>Whether every outcome of the model is in memory.</summary>
    public bool IsComplete { get; set; }

    public int Count => _ids.Count;

    public bool Holds(ReadOnlySpan<byte> id) => _ids.ContainsKey(RowKey.Of(id));

    /// <summary>What a row is; remembers it.</summary>
    public RowFlags Decide(RowKey key, ulong content, bool retract)
    {
        if (!_ids.TryGetValue(key, out var entry))
        {
            _ids.Add(key, new Entry(content, content, retract));
            return RowFlags.None;
        }
        if (content == entry.Last || content == entry.First && !entry.Retracted) { return RowFlags.Duplicate; }
        if (retract || entry.Retracted)
        {
            _ids[key] = new Entry(content, content, retract);
            return RowFlags.None;
        }
        _ids[key] = entry with { Last = content };
        return RowFlags.Revision;
    }

    /// <summary>Drops everything; what a batch touches is read again.</summary>
    public void Forget()
    {
        _ids.Clear();
        IsComplete = false;
    }

    private readonly record struct Entry(ulong First, ulong Last, bool Retracted);
}
