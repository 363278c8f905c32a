using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Log;

/// <summary>How one value of a feature stands in its column.</summary>
public enum ValueState : byte
{
    /// <summary>Present, of the column's type.</summary>
    Value = 0,
    /// <summary>Absent, null or NaN.</summary>
    Null = 1,
    /// <summary>Present, of another type; its text is kept beside the column.</summary>
    Mistyped = 2,
}

/// <summary>The values of one feature over the rows of a batch.</summary>
public sealed class FeatureColumn
{
    /// <summary>The feature's name.</summary>
    public required string Name { get; init; }

    /// <summary>Number columns fill <see cref="Numbers"/>; text and boolean columns fill <see cref="Texts"/> ("true", "false").</summary>
    public required FeatureType Type { get; init; }

    /// <summary>One a row for numbers, NaN where there is no value; empty otherwise.</summary>
    public double[] Numbers { get; init; } = [];

    /// <summary>One a row for text and boolean; null where there is no value; empty otherwise.</summary>
    public string?[] Texts { get; init; } = [];

    /// <summary>One <see cref="ValueState"/> a row.</summary>
    public required byte[] States { get; init; }
}

/// <summary>
/// Predictions as columns, the one shape in which rows reach the monitor: from a body, a file, the hot table or a segment.
/// Arrays may be longer than <see cref="Count"/>; only the first Count entries are rows.
/// </summary>
public sealed class PredictionColumns
{
    /// <summary>Rows.</summary>
    public required int Count { get; init; }

    /// <summary>Identity.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Event time in Unix microseconds.</summary>
    public required long[] Timestamps { get; init; }

    /// <summary>Model version, null where none was sent.</summary>
    public required string?[] Versions { get; init; }

    /// <summary>Numeric prediction (regression; also binary 0/1), NaN where there is none.</summary>
    public required double[] Predictions { get; init; }

    /// <summary>Prediction as text (classes; "true"/"false"), null where it is numeric or absent.</summary>
    public required string?[] PredictionTexts { get; init; }

    /// <summary>Probability of the positive class, NaN where none was sent.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Latency in seconds, NaN where none was sent.</summary>
    public required double[] Latencies { get; init; }

    /// <summary>Kind of error, null where the model answered.</summary>
    public required string?[] Errors { get; init; }

    /// <summary>The features, in the order of the model's schema.</summary>
    public required IReadOnlyList<FeatureColumn> Features { get; init; }
}
