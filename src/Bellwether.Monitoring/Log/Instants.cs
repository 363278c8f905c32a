namespace Bellwether.Monitoring.Log;

/// <summary>Event time as the log keeps it: Unix microseconds.</summary>
public static class Instants
{
    private const long EpochTicks = 621_355_968_000_000_000;

    public static long ToMicroseconds(this DateTimeOffset instant) => (instant.UtcTicks - EpochTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => new(EpochTicks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
