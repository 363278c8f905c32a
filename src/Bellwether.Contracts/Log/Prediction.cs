using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Log;

/// <summary>One prediction of one model version, with its inputs and its time.</summary>
/// <param name="Id">Identity within the model: 1 to 256 bytes. The first row with an id counts; an equal repeat changes nothing.</param>
public sealed record Prediction(string Id)
{
    /// <summary>The model's version.</summary>
    public string? Version { get; init; }

    /// <summary>Event time; the arrival when absent.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The inputs by name.</summary>
    public IReadOnlyDictionary<string, FeatureValue>? Features { get; init; }

    /// <summary>What the model answered.</summary>
    [JsonPropertyName("prediction")]
    public FeatureValue Answer { get; init; }

    /// <summary>Probability of the positive class, in [0, 1].</summary>
    public double? Score { get; init; }

    /// <summary>Probability of each class.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; init; }

    /// <summary>How long the answer took, in seconds.</summary>
    public double? LatencySeconds { get; init; }

    /// <summary>Kind of the error, 64 bytes at most, when the model failed.</summary>
    public string? Error { get; init; }

    /// <summary><c>live</c> (default) or <c>shadow</c>.</summary>
    public string? Role { get; init; }

    /// <summary>The experiment that chose the answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // Few rows have it, and what follows: those that have not stay as short as they are.
    public string? Experiment { get; init; }

    /// <summary>The experiment's variant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>Whom the prediction is about: customer, device.</summary>
    public string? Unit { get; init; }

    /// <summary>How much the row counts, 0 or more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }

    /// <summary>How much each feature moved the answer, in its units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Attributions { get; init; }

    /// <summary>What else there is to say about the row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The request in the caller's tracing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
