using Bellwether.Contracts;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>
/// Which windows new outcomes touch, and at which close each is reported anew. A window is revised at the first close at or after an
/// outcome of it became known, and by that outcome only then: a replay revises the same windows at the same instants however closes were
/// cut and outcomes were batched.
/// </summary>
internal sealed class OutcomeSchedule
{
    private readonly SortedDictionary<long, JoinedSlice> _slices = [];
    private readonly SortedDictionary<long, SortedSet<long>> _due = [];

    /// <summary>Window numbers with outcomes, ascending.</summary>
    public IEnumerable<long> Windows => _slices.Keys;

    public bool IsEmpty => _slices.Count == 0;

    public JoinedSlice? Slice(long ordinal) => _slices.GetValueOrDefault(ordinal);

    /// <summary>Numbers of the windows to report anew at an instant (Unix microseconds), and forgets them.</summary>
    public IReadOnlyCollection<long> TakeDue(long instant)
    {
        if (!_due.Remove(instant, out var due)) { return []; }
        return due;
    }

    /// <summary>Loads the rows that the touched hours name and lays out when each window is due.</summary>
    /// <param name="closed">Windows up to here were closed before; null before the first.</param>
    /// <param name="told">Place in the log of the newest outcome that the evaluation before took into account.</param>
    /// <param name="through">The last instant of this evaluation.</param>
    public static async Task<OutcomeSchedule> LoadAsync(
        ModelKey model, IModelLog log, WindowGrid grid, IReadOnlyList<long> hours, DateTimeOffset? closed, long told, DateTimeOffset through,
        CancellationToken cancellationToken)
    {
        var schedule = new OutcomeSchedule();
        foreach (var (first, last) in WindowRuns.Of(grid, hours, through))
        {
            var rows = await log.ReadJoinedAsync(model, new TimeWindow(grid.At(first).Start, grid.At(last).End), cancellationToken);
            schedule.Add(grid, rows, closed, told, through);
        }
        return schedule;
    }

    private void Add(WindowGrid grid, JoinedRows rows, DateTimeOffset? closed, long told, DateTimeOffset through)
    {
        long closedAt = closed?.ToMicroseconds() ?? long.MinValue;
        for (int first = 0; first < rows.Count;)
        {
            long ordinal = grid.OrdinalOf(Instants.FromMicroseconds(rows.Timestamps[first]));
            long end = grid.At(ordinal).End.ToMicroseconds();
            int last = first;
            while (last < rows.Count && rows.Timestamps[last] < end) { last++; }
            _slices[ordinal] = new JoinedSlice(rows, first, last - first);
            for (int i = first; i < last; i++)
            {
                bool isNews = rows.Sequences[i] > told;
                bool isTakenBack = rows.KnownAt[i] == long.MaxValue;
                if (isTakenBack && !isNews) { continue; }
                long instant = isTakenBack ? end : Math.Max(InstantAtOrAfter(grid, rows.KnownAt[i]), end);
                if (instant <= closedAt)
                {
                    // Its close told it already. Were it told again at the next one, each further close would add a revision.
                    if (!isNews) { continue; }
                    // What came after its close was evaluated is told at the next one; without a next one, at the last.
                    instant = Math.Min(grid.At(grid.OrdinalOf(closed!.Value)).End.ToMicroseconds(), through.ToMicroseconds());
                }
                if (instant > through.ToMicroseconds()) { continue; }
                if (instant == end && end > closedAt) { continue; } // The window's own close tells it.
                if (!_due.TryGetValue(instant, out var due)) { _due[instant] = due = []; }
                due.Add(ordinal);
            }
            first = last;
        }
    }

    private static long InstantAtOrAfter(WindowGrid grid, long known)
    {
        var window = grid.Containing(Instants.FromMicroseconds(known));
        return window.Start.ToMicroseconds() == known ? known : window.End.ToMicroseconds();
    }
}
