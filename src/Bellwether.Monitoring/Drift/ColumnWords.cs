namespace Bellwether.Monitoring.Drift;

/// <summary>Columns as people name them: the reserved ones of <see cref="EventStream"/> in words, features by their own name.</summary>
public static class ColumnWords
{
    /// <summary>As inside a sentence.</summary>
    public static string Of(string column) => column switch
    {
        EventStream.ScoreColumn => "the score",
        EventStream.PredictionColumn => "the prediction",
        EventStream.LatencyColumn => "latency",
        EventStream.ErrorColumn => "the error share",
        _ => column,
    };

    /// <summary>As the first word of a sentence; a feature's name stays as it is.</summary>
    public static string First(string column) => Of(column) is var words && words != column ? char.ToUpperInvariant(words[0]) + words[1..] : column;
}
