namespace Bellwether.Client;

/// <summary>Which columns of a reference file play which part; every other column is a feature. Null leaves the part to the server.</summary>
public sealed record ReferenceColumns
{
    /// <summary>Identity.</summary>
    public string? Id { get; init; }

    /// <summary>Event time.</summary>
    public string? Timestamp { get; init; }

    /// <summary>What the model answered.</summary>
    public string? Prediction { get; init; }

    /// <summary>Probability of the positive class.</summary>
    public string? Score { get; init; }

    /// <summary>What turned out true.</summary>
    public string? Outcome { get; init; }

    internal IEnumerable<(string Name, string? Value)> Query() =>
        [("id", Id), ("timestamp", Timestamp), ("prediction", Prediction), ("score", Score), ("outcome", Outcome)];
}
