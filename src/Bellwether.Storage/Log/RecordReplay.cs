using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Hot;
using Bellwether.Storage.Log.Journals;
using Bellwether.Storage.Log.Schemas;

namespace Bellwether.Storage.Log;

/// <summary>Makes rows out of journal records again, under the schema they were acknowledged with.</summary>
internal sealed class RecordReplay(Func<ModelKey, ModelSchema> schemaOf, string temporaryFolder)
{
    /// <summary>The rows of a record as they were acknowledged.</summary>
    public PendingRecord Read(JournalRecord record)
    {
        if (record.Kind == RecordKind.Close)
        {
            var close = JsonSerializer.Deserialize(record.Body.Span, BellwetherJson.Default.CloseRecord);
            return new PendingRecord(record.Kind, record.Model, record.SchemaVersion, record.FirstSequence, record.Rows, record.Arrival, null, close, record.Body.Length, Task.CompletedTask);
        }
        var schema = schemaOf(record.Model).At(record.SchemaVersion);
        var batch = record.Kind is RecordKind.Predictions or RecordKind.History
            ? PredictionParser.Parse(record.Body, record.Format, record.Arrival, new SchemaDraft(schema), temporaryFolder)
            : OutcomeParser.Parse(record.Body, record.Format, record.Arrival, schema.Zone, temporaryFolder);
        foreach (var (row, flag) in record.Marks) { batch.Mark(row, flag); }
        return new PendingRecord(record.Kind, record.Model, record.SchemaVersion, record.FirstSequence, record.Rows, record.Arrival, batch, null, batch.SizeBytes, Task.CompletedTask);
    }
}
