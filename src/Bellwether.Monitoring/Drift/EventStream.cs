using System.Collections.Immutable;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Drift;

/// <summary>A share of the false-alarm budget.</summary>
public enum BudgetPool
{
    Inputs,
    Predictions,
    Quality,
    Operations,
}

/// <summary>What a stream counts.</summary>
public enum StreamKind
{
    /// <summary>Where a column's values lie: cuts or categories; rows are those with a value.</summary>
    Values,
    /// <summary>Whether a column has a value: null, type error; rows are all rows.</summary>
    Presence,
    /// <summary>Latency over the objective; rows are those with a latency.</summary>
    Latency,
    /// <summary>The model failed; rows are all rows.</summary>
    Errors,
}

/// <summary>A group of yes/no events with one count of rows a window: what one detector watches.</summary>
/// <param name="ColumnIndex">In the bin schema; −1 for operations.</param>
public sealed record EventStream(string Column, StreamKind Kind, BudgetPool Pool, int ColumnIndex, int Events)
{
    /// <summary>The column of scores, or of predictions where there are no scores.</summary>
    public const string ScoreColumn = "_score";

    public const string PredictionColumn = "_prediction";

    public const string LatencyColumn = "_latency";

    public const string ErrorColumn = "_error";

    /// <summary>Identity within the model.</summary>
    public string Key => Kind == StreamKind.Presence ? Column + "#presence" : Column;

    /// <summary>Topic of its findings.</summary>
    public string Topic => Pool switch { BudgetPool.Quality => "quality", BudgetPool.Operations => "operations", _ => "drift" };

    /// <summary>All streams that a bin schema can count.</summary>
    public static ImmutableArray<EventStream> Of(BinSchema schema)
    {
        var streams = ImmutableArray.CreateBuilder<EventStream>();
        for (int i = 0; i < schema.Columns.Length; i++)
        {
            string name = schema.Columns[i].Name;
            bool answer = name is ScoreColumn or PredictionColumn;
            streams.Add(new EventStream(name, StreamKind.Values, answer ? BudgetPool.Predictions : BudgetPool.Inputs, i, schema.Columns[i].EventCount));
            if (!answer) { streams.Add(new EventStream(name, StreamKind.Presence, BudgetPool.Quality, i, 2)); }
        }
        if (schema.LatencyObjectiveMicroseconds is not null)
        {
            streams.Add(new EventStream(LatencyColumn, StreamKind.Latency, BudgetPool.Operations, -1, 1));
        }
        streams.Add(new EventStream(ErrorColumn, StreamKind.Errors, BudgetPool.Operations, -1, 1));
        return streams.ToImmutable();
    }

    /// <summary>Fills the counts of a window's events and returns its rows.</summary>
    public long Count(BinSchema schema, WindowSummary summary, Span<long> counts)
    {
        switch (Kind)
        {
            case StreamKind.Values:
                var column = summary.Columns[ColumnIndex];
                schema.Columns[ColumnIndex].Events(column, counts);
                return column.Valued;
            case StreamKind.Presence:
                counts[0] = summary.Columns[ColumnIndex].Nulls;
                counts[1] = summary.Columns[ColumnIndex].TypeErrors;
                return summary.Rows;
            case StreamKind.Latency:
                counts[0] = summary.LatencyOverObjective;
                return summary.LatencyCount;
            default:
                counts[0] = summary.Errors.Values.Sum();
                return summary.Rows;
        }
    }

    /// <summary>An event in words, to follow "the share of …".</summary>
    public string EventText(BinSchema schema, int index) => Kind switch
    {
        StreamKind.Values when Column == ScoreColumn => Renamed(schema, index, "scores"),
        StreamKind.Values when Column == PredictionColumn => Renamed(schema, index, "predictions"),
        StreamKind.Values => schema.Columns[ColumnIndex].EventName(index),
        StreamKind.Presence => index == 0 ? "missing values" : "values of another type",
        StreamKind.Latency => "requests over the latency objective",
        _ => "failed requests",
    };

    // "_score ≤ 0.3" as "scores ≤ 0.3"; "unseen" and "other" name no column.
    private string Renamed(BinSchema schema, int index, string words)
    {
        string named = schema.Columns[ColumnIndex].EventName(index);
        return named.StartsWith(Column + " ", StringComparison.Ordinal) ? words + named[Column.Length..] : named;
    }
}
