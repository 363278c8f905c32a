namespace Bellwether.Monitoring.Log;

/// <summary>Brings rows into (timestamp, id) order, the one in which the monitor sees them.</summary>
public static class RowOrder
{
    /// <summary>The same rows, by event time, then id.</summary>
    public static LabelledColumns ByTime(LabelledColumns source)
    {
        int[] order = Order(source.Rows);
        return new LabelledColumns(
            Permute(source.Rows, order), source.HasTimes, Permute(source.Outcomes, order), Permute(source.OutcomeTexts, order), Permute(source.OutcomeTimes, order));
    }

    /// <summary>Positions of the rows by event time, then id.</summary>
    public static int[] Order(PredictionColumns rows)
    {
        var order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++) { order[i] = i; }
        Array.Sort(order, (a, b) => rows.Timestamps[a] != rows.Timestamps[b]
            ? rows.Timestamps[a].CompareTo(rows.Timestamps[b])
            : string.CompareOrdinal(rows.Ids[a], rows.Ids[b]));
        return order;
    }

    /// <summary>Position of the first of ascending times that is not before an instant; their number when all are.</summary>
    public static int LowerBound(long[] times, long instant)
    {
        int found = Array.BinarySearch(times, instant);
        if (found < 0) { return ~found; }
        while (found > 0 && times[found - 1] == instant) { found--; }
        return found;
    }

    /// <summary>The rows at some positions.</summary>
    public static PredictionColumns Permute(PredictionColumns rows, int[] order) => new()
    {
        Count = order.Length,
        Ids = Permute(rows.Ids, order),
        Timestamps = Permute(rows.Timestamps, order),
        Versions = Permute(rows.Versions, order),
        Predictions = Permute(rows.Predictions, order),
        PredictionTexts = Permute(rows.PredictionTexts, order),
        Scores = Permute(rows.Scores, order),
        Latencies = Permute(rows.Latencies, order),
        Errors = Permute(rows.Errors, order),
        Features = [.. rows.Features.Select(f => new FeatureColumn
        {
            Name = f.Name, Type = f.Type, Numbers = Permute(f.Numbers, order), Texts = Permute(f.Texts, order), States = Permute(f.States, order),
        })],
    };

    private static T[] Permute<T>(T[] values, int[] order)
    {
        if (values.Length == 0) { return []; }
        var result = new T[order.Length];
        for (int i = 0; i < order.Length; i++) { result[i] = values[order[i]]; }
        return result;
    }
}
