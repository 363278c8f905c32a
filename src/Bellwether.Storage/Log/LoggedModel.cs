using Bellwether.Contracts;
using Bellwether.Storage.Log.Identity;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log;

/// <summary>What the log holds of one model in memory.</summary>
internal sealed class LoggedModel(ModelKey key)
{
    private volatile ModelSchema _schema = ModelSchema.Empty;

    public ModelKey Key { get; } = key;

    /// <summary>Replaced under <see cref="SchemaLock"/>, after its file is durable.</summary>
    public ModelSchema Schema
    {
        get => _schema;
        set => _schema = value;
    }

    public Lock SchemaLock { get; } = new();

    /// <summary>Who holds it decides what rows are, and gives them their place in the journal: both in the same order.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public PredictionIdentity Predictions { get; } = new();

    public OutcomeIdentity Outcomes { get; } = new();
}
