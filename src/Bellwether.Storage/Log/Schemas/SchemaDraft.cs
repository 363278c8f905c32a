using Bellwether.Contracts.Registry;

namespace Bellwether.Storage.Log.Schemas;

/// <summary>A schema and the features that a body adds to it while it is parsed. A row that is rejected adds nothing.</summary>
internal sealed class SchemaDraft(ModelSchema schema)
{
    private readonly List<FeatureSlot> _added = [];
    private readonly Dictionary<string, int> _addedByName = new(StringComparer.Ordinal);
    private int _numbers = schema.Numbers;
    private int _texts = schema.Texts;

    public ModelSchema Schema { get; } = schema;

    public int Count => Schema.Features.Count + _added.Count;

    /// <summary>Features added so far, to roll back to.</summary>
    public int Added => _added.Count;

    public FeatureSlot this[int index] => index < Schema.Features.Count ? Schema.Features[index] : _added[index - Schema.Features.Count];

    public int Find(string name)
    {
        int index = Schema.Find(name);
        return index >= 0 ? index : _addedByName.GetValueOrDefault(name, -1);
    }

    /// <summary>Adds a feature; −1 when the model has as many as it may.</summary>
    public int Add(string name, FeatureType type)
    {
        if (Count >= IngestLimits.Features) { return -1; }
        int slot = type == FeatureType.Number ? _numbers++ : _texts++;
        _addedByName.Add(name, Count);
        _added.Add(new FeatureSlot(name, type, slot, Schema.Version + 1));
        return Count - 1;
    }

    public void RollBack(int added)
    {
        while (_added.Count > added)
        {
            var last = _added[^1];
            _addedByName.Remove(last.Name);
            _added.RemoveAt(_added.Count - 1);
            if (last.IsNumber) { _numbers--; } else { _texts--; }
        }
    }

    /// <summary>The schema that the parsed rows follow: the given one, or its next version. Slots are those the rows were written with.</summary>
    public ModelSchema Build() => _added.Count == 0
        ? Schema
        : Schema.With(_added.Select(slot => KeyValuePair.Create(slot.Name, slot.Type)), Schema.TimeZone);
}
