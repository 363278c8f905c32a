using System.Globalization;
using System.Runtime.CompilerServices;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Identity;
using Bellwether.Storage.Log.Schemas;
using Bellwether.Storage.Log.Segments;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Hot;

/// <summary>
/// What is asked of the stored log. Shadow rows are stored and never read here: they were not returned to anyone, and would count each request twice.
/// </summary>
internal sealed class LogQueries(HotStore store, Func<ModelKey, ModelSchema> schemaOf)
{
    /// <summary>Which rows count.</summary>
    public const string Counted = "NOT revision AND NOT shadow";

    /// <summary>One row an id, in (timestamp, id) order.</summary>
    public async IAsyncEnumerable<PredictionColumns> ReadAsync(
        ModelKey model, ModelSchema schema, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        if (await Task.Run(() => Source(lease.View, model, from, to, HotColumns.Row + ", sequence"), cancellationToken) is not { } source) { yield break; }
        var connection = store.Borrow();
        try
        {
            // Ids were compared at ingest within their event hour; over longer ranges an id may stand in two hours.
            bool repeats = to - from > Microseconds.Hour && await Task.Run(() => HasRepeats(connection, source), cancellationToken);
            string once = repeats ? " QUALIFY row_number() OVER (PARTITION BY id ORDER BY sequence) = 1" : "";
            using var result = await Task.Run(
                () => NativeResult.Query(connection, $"SELECT * EXCLUDE (sequence) FROM ({source}){once} ORDER BY t, id"), cancellationToken);
            var reader = new PredictionReader(result, schema);
            while (await Task.Run(() => reader.Next(cancellationToken), cancellationToken) is { } batch) { yield return batch; }
        }
        finally
        {
            store.Return(connection);
        }
    }

    public JoinedRows ReadJoined(ModelKey model, long from, long to)
    {
        using var lease = store.Lease();
        if (Source(lease.View, model, from, to, "id, epoch_us(\"timestamp\") AS t, prediction, predictionText, score, sequence") is not { } source) { return Joined([]); }
        string outcomes = OutcomesInForce(store.NumberOf(model)!.Value);
        string sql = $"WITH p AS MATERIALIZED (SELECT * FROM ({source}) QUALIFY row_number() OVER (PARTITION BY id ORDER BY sequence) = 1), "
            + $"o AS (SELECT * FROM ({outcomes}) WHERE id IN (SELECT id FROM p)) "
            + "SELECT t, prediction, predictionText, score, v.o, v.x, v.k, s FROM p LEFT JOIN o USING (id) ORDER BY t, id";
        return store.Ask(connection => Joined(Chunks(connection, sql)));
    }

    /// <summary>Hours of predictions whose outcome became known in (after, through], or came after a sequence and was known by then.</summary>
    public TouchedHours TouchedHours(ModelKey model, long after, long through, long afterSequence)
    {
        using var lease = store.Lease();
        // Windows of today must not wait for a damaged file of last year; who reads its own hours is refused.
        if (Source(lease.View, model, long.MinValue, long.MaxValue, "id, epoch_us(\"timestamp\") AS t", skipDamaged: true) is not { } source) { return new TouchedHours([], 0); }
        int number = store.NumberOf(model)!.Value;
        string sql = string.Create(CultureInfo.InvariantCulture,
            $"SELECT DISTINCT t // {Microseconds.Hour} * {Microseconds.Hour} AS h FROM ({source}) WHERE id IN (SELECT id FROM outcomes WHERE model = {number} "
            + $"AND knownAt <= make_timestamp({through}) AND (knownAt > make_timestamp({after}) OR sequence > {afterSequence})) ORDER BY h");
        // The newest sequence first: an outcome stored between the two questions is then told by the next evaluation too.
        return store.Ask(connection =>
        {
            long sequence = connection.Rows($"SELECT coalesce(max(sequence), 0) FROM outcomes WHERE model = {number}", row => row.GetInt64(0))[0];
            return new TouchedHours(connection.Rows(sql, row => row.GetInt64(0)), sequence);
        });
    }

    /// <summary>Hours of predictions before an instant that came after a sequence.</summary>
    public LateHours LateHours(ModelKey model, long before, long afterSequence)
    {
        // The position first: a row stored between the two questions has a larger sequence and is told by the next evaluation.
        long next = store.Position;
        using var lease = store.Lease();
        if (Source(lease.View, model, long.MinValue, before, "epoch_us(\"timestamp\") AS t, sequence", skipDamaged: true) is not { } source) { return new LateHours([], next - 1); }
        string sql = string.Create(CultureInfo.InvariantCulture,
            $"SELECT DISTINCT t // {Microseconds.Hour} * {Microseconds.Hour} AS h FROM ({source}) WHERE sequence > {afterSequence} AND sequence < {next} ORDER BY h");
        return new LateHours(store.Ask(connection => connection.Rows(sql, row => row.GetInt64(0))), next - 1);
    }

    public (DateTimeOffset First, DateTimeOffset Last)? Extent(ModelKey model)
    {
        if (store.NumberOf(model) is not { } number) { return null; }
        using var lease = store.Lease();
        List<(long First, long Last)> parts = [];
        foreach (var table in lease.View.TablesOf(long.MinValue, long.MaxValue))
        {
            string source = LogRelations.OfTable(table, number, table.From, table.To);
            parts.AddRange(store.Ask(connection => connection.Rows(
                $"SELECT epoch_us(min(\"timestamp\")), epoch_us(max(\"timestamp\")) FROM {source} WHERE {Counted} HAVING count(*) > 0", row => (row.GetInt64(0), row.GetInt64(1)))));
        }
        // The manifest knows it of segments, without a file being opened.
        foreach (var segment in lease.View.SegmentsOf(number, long.MinValue, long.MaxValue))
        {
            if (segment.FirstCounted is { } first && segment.LastCounted is { } last) { parts.Add((first, last)); }
        }
        return parts.Count == 0 ? null : (Instants.FromMicroseconds(parts.Min(part => part.First)), Instants.FromMicroseconds(parts.Max(part => part.Last)));
    }

    public LogMarks? Marks(ModelKey model) => Extent(model) is not { } extent ? null : new LogMarks(
        store.LiveThrough(model) is { } live ? Instants.FromMicroseconds(live) : null,
        extent.Last,
        store.Ask(connection => connection.Rows(
            $"SELECT epoch_us(max(knownAt)) FROM outcomes WHERE model = {store.NumberOf(model)!.Value}",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : Instants.FromMicroseconds(row.GetInt64(0)))[0]));

    /// <summary>Closes that were recorded after a sequence, in their order.</summary>
    public IReadOnlyList<LoggedClose> ClosesAfter(ModelKey model, long sequence) => store.NumberOf(model) is not { } number ? [] : store.Ask(connection => connection.Rows(
        string.Create(CultureInfo.InvariantCulture,
            $"SELECT sequence, epoch_us(through), reason, epoch_us(\"at\") FROM closes WHERE model = {number} AND sequence > {sequence} ORDER BY sequence"),
        row => new LoggedClose(row.GetInt64(0), new CloseRecord(model, Instants.FromMicroseconds(row.GetInt64(1)), row.GetString(2), Instants.FromMicroseconds(row.GetInt64(3))))));

    /// <summary>Keys and contents of all rows of some event hours, in sequence order.</summary>
    public List<(RowKey Key, ulong Content, int Hour)> IdsOfHours(ModelKey model, IReadOnlyList<int> hours)
    {
        var rows = new List<(RowKey, ulong, int)>();
        long from = hours.Min() * Microseconds.Hour, to = (hours.Max() + 1) * Microseconds.Hour;
        using var lease = store.Lease();
        if (store.NumberOf(model) is not { } number) { return rows; }
        // A damaged segment was reported; that a late row repeats one of its rows cannot be told, and taking rows goes on without it.
        var relations = LogRelations.Of(lease.View, store.Segments, number, schemaOf(model), from, to, skipDamaged: true);
        if (relations.Count == 0) { return rows; }
        string sql = string.Join(" UNION ALL ", relations.Select(relation => string.Create(CultureInfo.InvariantCulture,
            $"SELECT id, content, CAST(epoch_us(\"timestamp\") // {Microseconds.Hour} AS BIGINT) AS h, sequence FROM {relation}")));
        return store.Ask(connection =>
        {
            using var result = NativeResult.Query(connection, $"SELECT id, content, h FROM ({sql}) WHERE h IN ({string.Join(',', hours)}) ORDER BY sequence");
            while (result.Next())
            {
                var (id, content, hour) = (result.Column(0), result.Column(1), result.Column(2));
                for (int i = 0; i < result.Count; i++) { rows.Add((RowKey.Of(id.Bytes(i)), content.UInt64(i), (int)hour.Int64(i))); }
            }
            return rows;
        });
    }

    /// <summary>How many outcomes a model has.</summary>
    public long CountOutcomes(ModelKey model) => store.NumberOf(model) is { } number
        ? store.Ask(connection => connection.Rows($"SELECT count(*) FROM outcomes WHERE model = {number}", row => row.GetInt64(0))[0])
        : 0;

    /// <summary>Keys and contents of a model's outcomes in sequence order: of some ids, or of all.</summary>
    public List<(RowKey Key, ulong Content, bool Retract)> Outcomes(ModelKey model, IReadOnlyList<string>? ids)
    {
        var rows = new List<(RowKey, ulong, bool)>();
        if (store.NumberOf(model) is not { } number || ids is { Count: 0 }) { return rows; }
        string among = ids is null ? "" : $" AND id IN ({string.Join(',', ids.Select(Engine.Quote))})";
        return store.Ask(connection =>
        {
            using var result = NativeResult.Query(connection, $"SELECT id, content, retract FROM outcomes WHERE model = {number}{among} ORDER BY sequence");
            while (result.Next())
            {
                var (id, content, retract) = (result.Column(0), result.Column(1), result.Column(2));
                for (int i = 0; i < result.Count; i++) { rows.Add((RowKey.Of(id.Bytes(i)), content.UInt64(i), retract.Boolean(i))); }
            }
            return rows;
        });
    }

    private static string OutcomesInForce(int model) => string.Create(CultureInfo.InvariantCulture,
        $"SELECT id, arg_min(struct_pack(o := outcome, x := outcomeText, k := epoch_us(knownAt)), sequence) FILTER (WHERE counts) AS v, "
        + $"coalesce(min(sequence) FILTER (WHERE counts), max(taken)) AS s FROM (SELECT *, NOT retract AND (taken IS NULL OR sequence > taken) AS counts FROM outcomes "
        + $"LEFT JOIN (SELECT id AS tid, max(sequence) AS taken FROM outcomes WHERE model = {model} AND retract GROUP BY id) ON tid = id "
        + $"WHERE model = {model}) GROUP BY id");

    /// <summary>The model's countable rows of a range of event time; null when nothing can hold one.</summary>
    private string? Source(LogView view, ModelKey model, long from, long to, string columns, bool skipDamaged = false)
    {
        if (store.NumberOf(model) is not { } number) { return null; }
        var relations = LogRelations.Of(view, store.Segments, number, schemaOf(model), from, to, skipDamaged);
        return relations.Count == 0 ? null : string.Join(" UNION ALL ", relations.Select(relation => $"SELECT {columns} FROM {relation} WHERE {Counted}"));
    }

    private static bool HasRepeats(DuckDBConnection connection, string source) =>
        connection.Rows($"SELECT count(*) > count(DISTINCT id) FROM ({source})", row => row.GetBoolean(0))[0];

    private static IEnumerable<NativeResult> Chunks(DuckDBConnection connection, string sql)
    {
        using var result = NativeResult.Query(connection, sql);
        while (result.Next()) { yield return result; }
    }

    private static JoinedRows Joined(IEnumerable<NativeResult> chunks)
    {
        var (times, knownAt, sequences) = (new List<long>(), new List<long>(), new List<long>());
        var (predictions, scores, outcomes) = (new List<double>(), new List<double>(), new List<double>());
        var (predictionTexts, outcomeTexts, cache) = (new List<string?>(), new List<string?>(), new TextCache());
        foreach (var chunk in chunks)
        {
            var (time, prediction, text, score) = (chunk.Column(0), chunk.Column(1), chunk.Column(2), chunk.Column(3));
            var (outcome, outcomeText, known, sequence) = (chunk.Column(4), chunk.Column(5), chunk.Column(6), chunk.Column(7));
            for (int i = 0; i < chunk.Count; i++)
            {
                times.Add(time.Int64(i));
                predictions.Add(prediction.Double(i));
                predictionTexts.Add(cache.Get(text, i));
                scores.Add(score.Double(i));
                outcomes.Add(outcome.Double(i));
                outcomeTexts.Add(cache.Get(outcomeText, i));
                knownAt.Add(known.IsNull(i) ? long.MaxValue : known.Int64(i));
                sequences.Add(sequence.IsNull(i) ? 0 : sequence.Int64(i));
            }
        }
        return new JoinedRows
        {
            Count = times.Count,
            Timestamps = [.. times],
            Predictions = [.. predictions],
            PredictionTexts = [.. predictionTexts],
            Scores = [.. scores],
            Outcomes = [.. outcomes],
            OutcomeTexts = [.. outcomeTexts],
            KnownAt = [.. knownAt],
            Sequences = [.. sequences],
        };
    }
}
