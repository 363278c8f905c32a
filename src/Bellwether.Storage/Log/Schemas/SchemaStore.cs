using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Contracts;

namespace Bellwether.Storage.Log.Schemas;

/// <summary>One small JSON file a model, replaced whole and made durable before any journal record speaks of its version.</summary>
internal sealed class SchemaStore(string folder)
{
    public void Save(ModelKey model, ModelSchema schema)
    {
        var stored = new StoredSchema(model.Value, schema.Version, schema.Zones, schema.All);
        Durable.Replace(PathOf(model), JsonSerializer.SerializeToUtf8Bytes(stored, SchemaJson.Default.StoredSchema));
    }

    public IEnumerable<(ModelKey Model, ModelSchema Schema)> LoadAll()
    {
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), SchemaJson.Default.StoredSchema)
                ?? throw new InvalidDataException($"'{path}' is no schema.");
            yield return (ModelKey.Parse(stored.Model), ModelSchema.Stored(stored.Version, stored.Features, stored.Zones));
        }
    }

    // A trailing dot or a name such as "con" is legal in a key and awkward in a file's name on some systems: the prefix and suffix cover both.
    private string PathOf(ModelKey model) => Path.Combine(folder, $"model-{model.Value}.json");
}

internal sealed record StoredSchema(string Model, int Version, IReadOnlyList<ZoneChange> Zones, IReadOnlyList<FeatureSlot> Features);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(StoredSchema))]
internal sealed partial class SchemaJson : JsonSerializerContext;
