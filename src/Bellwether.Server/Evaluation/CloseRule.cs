using Bellwether.Contracts.Log;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Plans;
using Bellwether.Storage.Log;

namespace Bellwether.Server.Evaluation;

/// <summary>A close that is due.</summary>
/// <param name="Reason">As in <see cref="CloseRecord"/>.</param>
internal readonly record struct DueClose(DateTimeOffset Through, string Reason);

/// <summary>
/// When windows of a model close by themselves. The watermark is the largest live event time less the allowed lateness; a model
/// that sends nothing for two windows (or the lateness, where that is longer) is closed by the clock through the last window with rows,
/// and after two days of silence through its newest outcome, so that the performance of its last days is judged too.
/// </summary>
internal sealed class CloseRule
{
    /// <summary>
    /// A model that is fed once a day is not over when its outcomes are newer than its rows: closing up to them after a few hours would
    /// make the first rows of the next day late.
    /// </summary>
    private static readonly TimeSpan OutcomePatience = TimeSpan.FromDays(2);

    private DateTimeOffset? _live;
    private DateTimeOffset? _latest;
    private DateTimeOffset? _known;
    private DateTimeOffset _lastArrival;
    private DateTimeOffset? _tried;
    private DateTimeOffset? _toldThrough;
    private bool _unseen;

    /// <summary>What was there when the process started: live rows count as live and history is held, so that a restart goes on where it stood.</summary>
    public void Recover(LogMarks marks, DateTimeOffset now)
    {
        if (marks.Live is { } live) { NoteRows(live, live: true, now); }
        NoteRows(marks.Latest, live: false, now);
        if (marks.Known is { } known) { NoteOutcomes(known, now); }
    }

    public void NoteRows(DateTimeOffset largest, bool live, DateTimeOffset now)
    {
        if (live) { _live = Later(_live, largest); }
        // The next live rows move the watermark over everything that was held, so history needs no second mark.
        _latest = Later(_latest, largest);
        (_lastArrival, _unseen) = (now, true);
    }

    /// <param name="known">When the newest of them became known.</param>
    public void NoteOutcomes(DateTimeOffset known, DateTimeOffset now) => (_known, _lastArrival, _unseen) = (Later(_known, known), now, true);

    /// <summary>The close that is due now; null when none is.</summary>
    public DueClose? Due(CompiledPlan plan, DateTimeOffset? closedThrough, DateTimeOffset now)
    {
        if (_latest is not { } latest) { return null; }
        var grid = new WindowGrid(plan.Window, plan.Zone);
        if (_live is { } live)
        {
            var over = grid.Containing(live - plan.AllowedLateness).Start; // End of the last window that is wholly behind the watermark.
            if (over > (closedThrough ?? DateTimeOffset.MinValue) && over != _tried) { return new DueClose(over, "watermark"); }
        }
        var silence = plan.AllowedLateness > 2 * plan.Window ? plan.AllowedLateness : 2 * plan.Window;
        var quiet = now - _lastArrival;
        if (quiet < silence) { return null; }
        var end = grid.Containing(latest).End;
        if (_unseen) { return end <= now ? new DueClose(closedThrough > end ? closedThrough.Value : end, "silence") : null; }
        if (quiet < OutcomePatience || _known is not { } known) { return null; }
        // An outcome is told by the first close at or after the instant at which it became known; no close lies ahead of the clock.
        var window = grid.Containing(known);
        var told = window.Start == known ? known : window.End;
        return told <= now && told > (closedThrough ?? end) && told != _toldThrough ? new DueClose(told, "silence") : null;
    }

    /// <summary>A close was carried out, whatever it found.</summary>
    public void Done(DueClose close)
    {
        if (close.Reason == "watermark") { _tried = close.Through; }
        else if (_unseen) { _unseen = false; }
        else { _toldThrough = close.Through; }
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
