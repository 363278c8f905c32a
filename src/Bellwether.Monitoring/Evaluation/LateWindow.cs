using System.Runtime.CompilerServices;
using Bellwether.Contracts;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>A closed window that holds more rows now than its summary counts.</summary>
/// <param name="Summary">Folded again from the log, under the schema in force.</param>
/// <param name="Revision">The summary's next one.</param>
/// <param name="Earlier">The report so far; null where the window was empty when it closed.</param>
/// <param name="Rows">Its rows beside their outcomes.</param>
internal sealed record LateWindow(long Ordinal, TimeWindow Window, WindowSummary Summary, int Revision, WindowReport? Earlier, JoinedSlice Rows)
{
    /// <summary>Those among the windows of some hours that rows joined after their close.</summary>
    /// <param name="hours">Starts in Unix microseconds of hours that rows came into.</param>
    /// <param name="closed">Windows up to here are closed; the others are not looked at.</param>
    public static async IAsyncEnumerable<LateWindow> ReadAsync(
        ModelKey model, IModelLog log, IMonitorStore store, WindowGrid grid, BinSchema schema, IReadOnlyList<long> hours, DateTimeOffset closed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (first, last) in WindowRuns.Of(grid, hours, closed))
        {
            var range = new TimeWindow(grid.At(first).Start, grid.At(last).End);
            var summaries = await store.SummariesAsync(model, range, cancellationToken);
            var reports = await store.ReportsAsync(model, range, cancellationToken);
            JoinedRows? joined = null;
            await foreach (var folded in WindowFold.ReadAsync(model, log, grid, schema, range, cancellationToken))
            {
                if (folded.Summary.Rows == 0) { continue; }
                var window = grid.At(folded.Ordinal);
                var stored = summaries.FirstOrDefault(s => s.Window.Start < window.End && s.Window.End > window.Start);
                // Closed under a plan with other windows: a summary across its bounds would count its rows twice.
                if (stored is not null && stored.Window != window) { continue; }
                // Rows are never taken back and the first of an id counts, so the same number is the same rows: nothing new for this window.
                if (stored?.Rows == folded.Summary.Rows) { continue; }
                joined ??= await log.ReadJoinedAsync(model, range, cancellationToken);
                var earlier = reports.FirstOrDefault(r => r.Start == window.Start && r.End == window.End);
                // A window that closed empty has neither summary nor report; its close counts as their first revision all the same.
                yield return new LateWindow(folded.Ordinal, window, folded.Summary, (stored?.Revision ?? 1) + 1, earlier, JoinedSlice.Of(joined, window));
            }
        }
    }
}
