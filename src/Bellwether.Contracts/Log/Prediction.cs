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
    [System.Text.Json.Serialization.JsonPropertyName("prediction")]
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

    /// <summary>Whom the prediction is about: customer, device.</summary>
    public string? Unit { get; init; }
}
