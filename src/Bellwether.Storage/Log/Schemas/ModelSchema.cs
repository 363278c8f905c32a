using System.Collections.Frozen;
using Bellwether.Contracts.Registry;

namespace Bellwether.Storage.Log.Schemas;

/// <summary>
/// The features of one model under one version: types come from the definition, else from the reference, else from the first value that is
/// not null in order of arrival. (The architecture asks for the first closed hour in event-time order; arrival order is the simplification made here,
/// and it is why a version is kept with every journal record.)
/// </summary>
internal sealed class ModelSchema
{
    public static readonly ModelSchema Empty = new(0, [], []);

    private readonly FrozenDictionary<string, int> _byName;

    private ModelSchema(int version, IReadOnlyList<FeatureSlot> all, IReadOnlyList<ZoneChange> zones)
    {
        (Version, All, Zones) = (version, all, zones);
        TimeZone = zones.LastOrDefault(change => change.Since <= version)?.TimeZone;
        Zone = TimeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        Features = [.. all.Where(slot => slot.IsIn(version))];
        Numbers = all.Count(slot => slot.IsNumber);
        Texts = all.Count - Numbers;
        _byName = Features.Select((slot, i) => (slot.Name, i)).ToFrozenDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
    }

    public int Version { get; }

    /// <summary>IANA zone of times that name no offset; UTC when null.</summary>
    public string? TimeZone { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Every zone the model had, oldest first.</summary>
    public IReadOnlyList<ZoneChange> Zones { get; }

    /// <summary>The features in force.</summary>
    public IReadOnlyList<FeatureSlot> Features { get; }

    /// <summary>Those in force and those before them.</summary>
    public IReadOnlyList<FeatureSlot> All { get; }

    /// <summary>Slots ever given in the list of numbers.</summary>
    public int Numbers { get; }

    /// <summary>Slots ever given in the list of texts.</summary>
    public int Texts { get; }

    public static ModelSchema Stored(int version, IReadOnlyList<FeatureSlot> all, IReadOnlyList<ZoneChange> zones) => new(version, all, zones);

    /// <summary>Position among <see cref="Features"/>; −1 when unknown.</summary>
    public int Find(string name) => _byName.TryGetValue(name, out int index) ? index : -1;

    /// <summary>The schema as it was; slots given later are unknown to it.</summary>
    public ModelSchema At(int version) => version == Version ? this : new(version, [.. All.Where(slot => slot.Since <= version)], Zones);

    /// <summary>What held the feature's values before its type changed, newest first.</summary>
    public IEnumerable<FeatureSlot> Before(FeatureSlot feature) =>
        All.Where(slot => slot.Name == feature.Name && slot.Since < feature.Since).OrderByDescending(slot => slot.Since);

    /// <summary>The next version with these types; this one when they say nothing new. Features beyond the limit are left out.</summary>
    public ModelSchema With(IEnumerable<KeyValuePair<string, FeatureType>> types, string? timeZone)
    {
        int next = Version + 1, numbers = Numbers, texts = Texts, count = Features.Count;
        var all = new List<FeatureSlot>(All);
        bool changed = timeZone != TimeZone;
        foreach (var (name, type) in types)
        {
            int known = Find(name);
            if (known >= 0 && Features[known].Type == type) { continue; }
            if (known >= 0) { all[all.IndexOf(Features[known])] = Features[known] with { Until = next }; }
            else if (count == IngestLimits.Features) { continue; }
            else { count++; }
            all.Add(new FeatureSlot(name, type, type == FeatureType.Number ? numbers++ : texts++, next));
            changed = true;
        }
        return changed ? new(next, all, timeZone == TimeZone ? Zones : [.. Zones, new ZoneChange(next, timeZone)]) : this;
    }
}

/// <summary>From a schema version on, times without offset are in this zone; null is UTC.</summary>
internal sealed record ZoneChange(int Since, string? TimeZone);
