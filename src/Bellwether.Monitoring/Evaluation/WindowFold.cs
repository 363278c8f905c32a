using System.Runtime.CompilerServices;
using Bellwether.Contracts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>One window with the counts of its rows.</summary>
/// <param name="Summary">To be read before the next window is asked for, and not to be changed.</param>
/// <param name="Version">Model version of the newest row read so far; null where rows name none.</param>
internal readonly record struct FoldedWindow(long Ordinal, WindowSummary Summary, string? Version);

/// <summary>Folds the log's rows into windows.</summary>
internal static class WindowFold
{
    /// <summary>Every window from one instant to another, in order, the empty ones too.</summary>
    public static async IAsyncEnumerable<FoldedWindow> ReadAsync(
        ModelKey model, IModelLog log, WindowGrid grid, BinSchema schema, TimeWindow range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long ordinal = grid.OrdinalOf(range.Start);
        string? version = null;
        var summary = new WindowSummary(schema);
        await foreach (var batch in log.ReadPredictionsAsync(model, range, cancellationToken))
        {
            if (batch.Count > 0) { version = batch.Versions[batch.Count - 1] ?? version; }
            for (int first = 0; first < batch.Count;)
            {
                long rowOrdinal = grid.OrdinalOf(Instants.FromMicroseconds(batch.Timestamps[first]));
                for (; ordinal < rowOrdinal; ordinal++)
                {
                    yield return new FoldedWindow(ordinal, summary, version);
                    if (summary.Rows > 0) { summary = new WindowSummary(schema); }
                }
                long end = grid.At(ordinal).End.ToMicroseconds();
                int last = first;
                while (last < batch.Count && batch.Timestamps[last] < end) { last++; }
                SummaryFold.Add(summary, schema, batch, first, last - first);
                first = last;
            }
        }
        for (long end = grid.OrdinalOf(range.End); ordinal < end; ordinal++)
        {
            yield return new FoldedWindow(ordinal, summary, version);
            if (summary.Rows > 0) { summary = new WindowSummary(schema); }
        }
    }
}
