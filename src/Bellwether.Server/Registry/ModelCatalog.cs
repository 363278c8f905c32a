using System.Collections.Concurrent;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;

namespace Bellwether.Server.Registry;

/// <summary>The definitions in force, kept in memory because every ingest request asks for one.</summary>
internal sealed class ModelCatalog(DataFolder data, IGrainFactory grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<ModelKey, StoredModelDefinition> _known = new();

    public async ValueTask<StoredModelDefinition?> FindAsync(ModelKey model, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(model, out var known)) { return known; }
        return await data.Store.FindModelAsync(model, cancellationToken) is { } stored ? Keep(stored) : null;
    }

    /// <summary>Stores a definition that was found to be without fault, tells the log, and has the model's grain load it.</summary>
    public async Task<(StoredModelDefinition Stored, bool Created)> DefineAsync(ModelKey model, ModelDefinition definition, string actor, CancellationToken cancellationToken)
    {
        var (stored, created) = await data.Store.DefineAsync(model, definition, actor, time.GetUtcNow(), cancellationToken);
        await data.Log.DeclareModelAsync(model, stored.Definition, cancellationToken);
        Keep(stored);
        await grains.GetGrain<IModelGrain>(model.Value).ReloadAsync();
        return (stored, created);
    }

    // Two definitions may be on their way at once; the later revision is the one in force.
    private StoredModelDefinition Keep(StoredModelDefinition stored) =>
        _known.AddOrUpdate(stored.Model, stored, (_, current) => current.Revision > stored.Revision ? current : stored);
}
