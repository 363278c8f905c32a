using Bellwether.Contracts.Log;

namespace Bellwether.Storage.Log;

/// <summary>What became of one request, durable when returned.</summary>
/// <param name="Receipt">For the caller.</param>
/// <param name="Latest">Largest event time of the accepted rows (for outcomes: when the latest became known); null when none was accepted.</param>
public sealed record AppendResult(IngestReceipt Receipt, DateTimeOffset? Latest);
