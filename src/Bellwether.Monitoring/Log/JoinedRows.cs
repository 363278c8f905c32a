namespace Bellwether.Monitoring.Log;

/// <summary>Predictions of a range of event time beside the outcome that is known of each, in (timestamp, id) order.</summary>
public sealed class JoinedRows
{
    /// <summary>Rows, with and without outcome.</summary>
    public required int Count { get; init; }

    /// <summary>Event time of the prediction in Unix microseconds.</summary>
    public required long[] Timestamps { get; init; }

    /// <summary>Numeric prediction, NaN where there is none.</summary>
    public required double[] Predictions { get; init; }

    /// <summary>Prediction as text, null where numeric or absent.</summary>
    public required string?[] PredictionTexts { get; init; }

    /// <summary>Score of the positive class, NaN where none was sent.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Numeric outcome ("true" and "false" count as text), NaN where there is none.</summary>
    public required double[] Outcomes { get; init; }

    /// <summary>Outcome as text, null where numeric or absent.</summary>
    public required string?[] OutcomeTexts { get; init; }

    /// <summary>When the outcome became known in Unix microseconds; <see cref="long.MaxValue"/> where there is none.</summary>
    public required long[] KnownAt { get; init; }

    /// <summary>Place in the log of what decided the outcome: the outcome in force, else the retraction that took it back. 0 where the log keeps no places or nothing was sent.</summary>
    public required long[] Sequences { get; init; }
}
