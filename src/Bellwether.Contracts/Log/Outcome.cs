using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Log;

/// <summary>What turned out true for a prediction.</summary>
/// <param name="Id">The prediction's id.</param>
public sealed record Outcome(string Id)
{
    /// <summary>The true value.</summary>
    [JsonPropertyName("outcome")]
    public FeatureValue Value { get; init; }

    /// <summary>When it became known; the arrival when absent.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The prediction's event time, where known: finds it faster.</summary>
    public DateTimeOffset? PredictedAt { get; init; }

    /// <summary>Takes back an outcome sent before.</summary>
    public bool? Retract { get; init; }
}
