using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Log;

/// <summary>Which columns of a file play which part. Every other column is a feature, unless <see cref="Features"/> names them.</summary>
public sealed record ColumnRoles
{
    /// <summary>Identity; the row's number, as "row-0", where absent.</summary>
    public string? Id { get; init; }

    /// <summary>Event time; without it the rows have no times (a reference) or get them from a clock.</summary>
    public string? Timestamp { get; init; }

    public string? Version { get; init; }

    public string? Prediction { get; init; }

    public string? Score { get; init; }

    public string? LatencySeconds { get; init; }

    public string? Error { get; init; }

    public string? Outcome { get; init; }

    /// <summary>When the outcome became known.</summary>
    public string? OutcomeTimestamp { get; init; }

    /// <summary>The features, in this order; null takes every column without a part.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Types of features; learnt from the file where absent (a column of numbers is a number).</summary>
    public IReadOnlyDictionary<string, FeatureType> Types { get; init; } = new Dictionary<string, FeatureType>();
}

/// <summary>Times for files that have none: row i happened at Start + i·Step.</summary>
public sealed record RowClock(DateTimeOffset Start, TimeSpan Step);

/// <summary>A file's rows as columns, with outcomes where the file holds them.</summary>
/// <param name="HasTimes">Whether <see cref="PredictionColumns.Timestamps"/> mean anything.</param>
/// <param name="Outcomes">Numeric outcomes, NaN where there is none; empty when the file has no outcome column.</param>
/// <param name="OutcomeTexts">Outcomes as text; empty when the file has no outcome column.</param>
/// <param name="OutcomeTimes">When each became known, Unix microseconds; empty when the file does not say.</param>
public sealed record LabelledColumns(PredictionColumns Rows, bool HasTimes, double[] Outcomes, string?[] OutcomeTexts, long[] OutcomeTimes);
