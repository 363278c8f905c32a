using Bellwether.Monitoring.Log;

namespace Bellwether.Storage.Log.Tables;

/// <summary>Turns clock readings of a zone into instants. A reading that daylight saving skips or repeats is the earlier of its two instants.</summary>
internal sealed class ZonedClock(TimeZoneInfo zone)
{
    // No zone changes its offset twice within this.
    private static readonly TimeSpan Around = TimeSpan.FromHours(4);

    private readonly bool _isUtc = zone.HasSameRules(TimeZoneInfo.Utc) && zone.BaseUtcOffset == TimeSpan.Zero;

    /// <summary>Unix microseconds of a clock reading, itself as Unix microseconds as if it were UTC.</summary>
    public long ToInstant(long clock)
    {
        if (_isUtc) { return clock; }
        var reading = DateTime.SpecifyKind(Instants.FromMicroseconds(clock).UtcDateTime, DateTimeKind.Unspecified);
        TimeSpan offset = zone.IsInvalidTime(reading) || zone.IsAmbiguousTime(reading)
            ? Max(zone.GetUtcOffset(reading - Around), zone.GetUtcOffset(reading + Around))
            : zone.GetUtcOffset(reading);
        return clock - offset.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
