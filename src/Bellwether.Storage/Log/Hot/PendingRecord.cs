using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Storage.Log.Bodies;
using Bellwether.Storage.Log.Journals;

namespace Bellwether.Storage.Log.Hot;

/// <summary>An acknowledged (or soon to be) request on its way to the hot tables.</summary>
/// <param name="Batch">Its rows; null for a close.</param>
/// <param name="Close">What was closed; null for rows.</param>
/// <param name="SizeBytes">Memory it holds.</param>
/// <param name="Durable">Ends when the journal has it.</param>
internal sealed record PendingRecord(
    RecordKind Kind, ModelKey Model, int SchemaVersion, long FirstSequence, int Rows, long Arrival, RowBatch? Batch, CloseRecord? Close, int SizeBytes, Task Durable);
