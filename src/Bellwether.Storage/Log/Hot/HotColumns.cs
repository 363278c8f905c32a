namespace Bellwether.Storage.Log.Hot;

/// <summary>The tables of the hot store. Times are TIMESTAMP, which are microseconds of UTC.</summary>
internal static class HotColumns
{
    /// <summary>Predictions of a stretch of event time, all models together, features in lists by slot.</summary>
    public const string Predictions =
        "model INTEGER, id VARCHAR, version VARCHAR, \"timestamp\" TIMESTAMP, arrival TIMESTAMP, node VARCHAR, sequence BIGINT, shadow BOOLEAN, "
        + "unit VARCHAR, prediction DOUBLE, predictionText VARCHAR, score DOUBLE, latencySeconds DOUBLE, error VARCHAR, numbers DOUBLE[], texts VARCHAR[], "
        + "scores VARCHAR, tags VARCHAR, extra VARCHAR, mistyped VARCHAR, content UBIGINT, revision BOOLEAN, timeGiven BOOLEAN, schema INTEGER";

    public const string Outcomes =
        "model INTEGER, id VARCHAR, outcome DOUBLE, outcomeText VARCHAR, knownAt TIMESTAMP, arrival TIMESTAMP, predictedAt TIMESTAMP, retract BOOLEAN, "
        + "node VARCHAR, sequence BIGINT, content UBIGINT";

    public const string Closes = "model INTEGER, through TIMESTAMP, reason VARCHAR, \"at\" TIMESTAMP, node VARCHAR, sequence BIGINT";

    /// <summary>What every prediction reader asks for, in this order; segments give the same.</summary>
    public const string Row =
        "id, version, epoch_us(\"timestamp\") AS t, prediction, predictionText, score, latencySeconds, error, numbers, texts, mistyped, schema";
}
