using Bellwether.Contracts;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>
/// Where windows begin and end. Shorter than a day they are aligned to UTC; days and weeks follow the model's zone, so that days
/// of 23 and 25 hours exist.
/// </summary>
public sealed class WindowGrid(TimeSpan window, TimeZoneInfo zone)
{
    private static readonly DateTime FirstMonday = new(1970, 1, 5);

    /// <summary>Nominal length.</summary>
    public TimeSpan Window { get; } = window;

    private bool IsLocal => Window >= TimeSpan.FromDays(1);

    /// <summary>The window that holds an instant.</summary>
    public TimeWindow Containing(DateTimeOffset instant) => At(OrdinalOf(instant));

    /// <summary>Consecutive number of the window that holds an instant.</summary>
    public long OrdinalOf(DateTimeOffset instant)
    {
        if (!IsLocal) { return FloorDiv(instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, Window.Ticks); }
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        return FloorDiv((local.Date - FirstMonday).Ticks, Window.Ticks);
    }

    /// <summary>The window with a number.</summary>
    public TimeWindow At(long ordinal) => new(StartOf(ordinal), StartOf(ordinal + 1));

    /// <summary>Local clock time at a window's start, which says its place in the day and the week.</summary>
    public DateTime LocalStart(TimeWindow window) => TimeZoneInfo.ConvertTime(window.Start, zone).DateTime;

    private DateTimeOffset StartOf(long ordinal)
    {
        if (!IsLocal) { return DateTimeOffset.UnixEpoch.AddTicks(ordinal * Window.Ticks); }
        var local = FirstMonday.AddTicks(ordinal * Window.Ticks);
        // Where midnight does not exist the day begins when the clock has jumped.
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }
        // Where midnight comes twice the day begins at the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static long FloorDiv(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}
