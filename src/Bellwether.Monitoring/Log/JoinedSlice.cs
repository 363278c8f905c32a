using Bellwether.Contracts;

namespace Bellwether.Monitoring.Log;

/// <summary>The rows of one window within a larger batch of joined rows.</summary>
public sealed record JoinedSlice(JoinedRows Rows, int First, int Count)
{
    public static readonly JoinedSlice Empty = new(
        new JoinedRows { Count = 0, Timestamps = [], Predictions = [], PredictionTexts = [], Scores = [], Outcomes = [], OutcomeTexts = [], KnownAt = [], Sequences = [] }, 0, 0);

    /// <summary>The rows of a window.</summary>
    public static JoinedSlice Of(JoinedRows rows, TimeWindow window)
    {
        int first = RowOrder.LowerBound(rows.Timestamps, window.Start.ToMicroseconds());
        return new JoinedSlice(rows, first, RowOrder.LowerBound(rows.Timestamps, window.End.ToMicroseconds()) - first);
    }
}
