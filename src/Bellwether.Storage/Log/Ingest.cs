using System.Collections.Concurrent;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Identity;
using Bellwether.Storage.Log.Journals;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log;

/// <summary>From a body to an acknowledgement: parse, decide what each row is, write the journal. What is acknowledged waits in the <see cref="Outbox"/>.</summary>
internal sealed class Ingest(
    ConcurrentDictionary<ModelKey, LoggedModel> models, SchemaStore schemas, Journal journal, Outbox outbox, LogQueries queries, LogOptions options, string temporaryFolder)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private long _idsHeld; // Over all models.

    public LoggedModel StateOf(ModelKey model) => models.GetOrAdd(model, key => new LoggedModel(key));

    public async Task<AppendResult> AppendPredictionsAsync(
        ModelKey key, RecordKind kind, BodyFormat format, ReadOnlyMemory<byte> body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        RequireRoom();
        var model = StateOf(key);
        var (batch, schema) = ParsePredictions(model, body, format, arrival.ToMicroseconds());
        if (batch.Count == 0) { return Result(batch); }
        Task durable;
        await model.Gate.WaitAsync(cancellationToken);
        try
        {
            await LoadHoursAsync(model, batch, cancellationToken);
            var marks = new List<(int, RowFlags)>();
            int before = model.Predictions.Count;
            for (int i = 0; i < batch.Count; i++)
            {
                Mark(batch, i, model.Predictions.Decide(batch.Id(i, RowLayout.PredictionFields), batch.Content(i), batch.Time(i)), marks);
            }
            Interlocked.Add(ref _idsHeld, model.Predictions.Count - before);
            durable = Enqueue(kind, model, schema.Version, format, body, arrival, batch, marks);
        }
        finally
        {
            model.Gate.Release();
        }
        await durable;
        return Result(batch);
    }

    public async Task<AppendResult> AppendOutcomesAsync(ModelKey key, BodyFormat format, ReadOnlyMemory<byte> body, DateTimeOffset arrival, CancellationToken cancellationToken)
    {
        RequireRoom();
        var model = StateOf(key);
        var schema = model.Schema;
        var batch = OutcomeParser.Parse(body, format, arrival.ToMicroseconds(), schema.Zone, temporaryFolder);
        if (batch.Count == 0) { return Result(batch); }
        Task durable;
        await model.Gate.WaitAsync(cancellationToken);
        try
        {
            await LoadOutcomesAsync(model, batch, cancellationToken);
            var marks = new List<(int, RowFlags)>();
            for (int i = 0; i < batch.Count; i++)
            {
                var id = RowKey.Of(batch.Id(i, RowLayout.OutcomeFields));
                Mark(batch, i, model.Outcomes.Decide(id, batch.Content(i), (batch.Flags(i) & RowFlags.Retract) != 0), marks);
            }
            durable = Enqueue(RecordKind.Outcomes, model, schema.Version, format, body, arrival, batch, marks);
        }
        finally
        {
            model.Gate.Release();
        }
        await durable;
        return Result(batch);
    }

    public async Task<long> AppendCloseAsync(CloseRecord close)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(close, BellwetherJson.Default.CloseRecord);
        long sequence = 0;
        await outbox.Enqueue(
            journal, next => new JournalRecord(sequence = next, 1, 0, RecordKind.Close, BodyFormat.Json, close.Model, close.At.ToMicroseconds(), [], body), null, close);
        return sequence;
    }

    /// <summary>Sets types and zone of a model as a new schema version, if they say anything new.</summary>
    public void Declare(ModelKey key, IEnumerable<KeyValuePair<string, Contracts.Registry.FeatureType>> types, Func<ModelSchema, string?> zone)
    {
        var model = StateOf(key);
        lock (model.SchemaLock)
        {
            var next = model.Schema.With(types, zone(model.Schema));
            if (ReferenceEquals(next, model.Schema)) { return; }
            schemas.Save(key, next);
            model.Schema = next;
        }
    }

    private (RowBatch Batch, ModelSchema Schema) ParsePredictions(LoggedModel model, ReadOnlyMemory<byte> body, BodyFormat format, long arrival)
    {
        while (true)
        {
            var schema = model.Schema;
            var draft = new SchemaDraft(schema);
            var batch = PredictionParser.Parse(body, format, arrival, draft, temporaryFolder);
            if (draft.Added == 0) { return (batch, schema); }
            lock (model.SchemaLock)
            {
                if (ReferenceEquals(schema, model.Schema))
                {
                    var next = draft.Build();
                    schemas.Save(model.Key, next);
                    model.Schema = next;
                    return (batch, next);
                }
            }
            // Another request taught the schema first: its slots rule, so this body is read again.
        }
    }

    private void Forget(PredictionIdentity identity, HashSet<int> keep)
    {
        int before = identity.Count;
        identity.Forget(keep);
        Interlocked.Add(ref _idsHeld, identity.Count - before);
    }

    // Hours that are not in memory come from the store in one query; what still waits to be stored must be there by then.
    private async Task LoadHoursAsync(LoggedModel model, RowBatch batch, CancellationToken cancellationToken)
    {
        var hours = new HashSet<int>();
        for (int i = 0; i < batch.Count; i++) { hours.Add(Microseconds.HourOf(batch.Time(i))); }
        if (model.Predictions.Missing(hours, options.IdentityHours) is { Count: > 0 } missing)
        {
            await outbox.FlushAsync(cancellationToken);
            var rows = await Task.Run(() => queries.IdsOfHours(model.Key, missing), cancellationToken);
            int before = model.Predictions.Count;
            model.Predictions.Load(missing, rows);
            Interlocked.Add(ref _idsHeld, model.Predictions.Count - before);
        }
        if (Interlocked.Read(ref _idsHeld) > options.IdentityLimit) { Forget(model, hours); }
    }

    private void Forget(LoggedModel current, HashSet<int> keep)
    {
        Forget(current.Predictions, keep);
        foreach (var other in models.Values)
        {
            if (ReferenceEquals(other, current) || !other.Gate.Wait(0)) { continue; }
            Forget(other.Predictions, new HashSet<int>());
            other.Gate.Release();
        }
    }

    private async Task LoadOutcomesAsync(LoggedModel model, RowBatch batch, CancellationToken cancellationToken)
    {
        if (model.Outcomes.Count > options.IdentityLimit) { model.Outcomes.Forget(); }
        if (model.Outcomes.IsComplete) { return; }
        await outbox.FlushAsync(cancellationToken);
        bool all = await Task.Run(() => queries.CountOutcomes(model.Key), cancellationToken) <= options.IdentityLimit;
        var absent = new HashSet<string>();
        for (int i = 0; i < batch.Count && !all; i++)
        {
            var id = batch.Id(i, RowLayout.OutcomeFields);
            if (!model.Outcomes.Holds(id)) { absent.Add(System.Text.Encoding.UTF8.GetString(id)); }
        }
        var stored = await Task.Run(() => queries.Outcomes(model.Key, all ? null : [.. absent]), cancellationToken);
        if (all) { model.Outcomes.Forget(); }
        foreach (var (key, content, retract) in stored) { model.Outcomes.Decide(key, content, retract); }
        model.Outcomes.IsComplete = all;
    }

    private Task Enqueue(
        RecordKind kind, LoggedModel model, int schemaVersion, BodyFormat format, ReadOnlyMemory<byte> body, DateTimeOffset arrival, RowBatch batch, List<(int, RowFlags)> marks) =>
        outbox.Enqueue(
            journal, sequence => new JournalRecord(sequence, batch.BodyRows, schemaVersion, kind, format, model.Key, arrival.ToMicroseconds(), marks, body), batch, null);

    private void RequireRoom()
    {
        if (outbox.WaitingBytes > options.UnflushedBytesLimit) { throw new LogBusyException(RetryAfter); }
    }

    private static void Mark(RowBatch batch, int row, RowFlags flag, List<(int, RowFlags)> marks)
    {
        if (flag == RowFlags.None) { return; }
        batch.Mark(row, flag);
        marks.Add((row, flag));
    }

    private static AppendResult Result(RowBatch batch)
    {
        int duplicates = 0;
        long latest = long.MinValue;
        for (int i = 0; i < batch.Count; i++)
        {
            if ((batch.Flags(i) & RowFlags.Duplicate) != 0) { duplicates++; }
            else { latest = Math.Max(latest, batch.Time(i)); }
        }
        return new AppendResult(
            new IngestReceipt(batch.Count - duplicates, duplicates, batch.Rejected), latest == long.MinValue ? null : Instants.FromMicroseconds(latest));
    }
}
