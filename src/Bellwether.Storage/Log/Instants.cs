namespace Bellwether.Storage.Log;

/// <summary>Between instants and Unix microseconds, the unit of every time in the log.</summary>
internal static class Instants
{
    public const long Second = 1_000_000;
    public const long Hour = 3600 * Second;
    public const long Day = 24 * Hour;

    public static long ToMicros(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) => new(DateTimeOffset.UnixEpoch.Ticks + micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>Hours since 1970, rounded down.</summary>
    public static int HourOf(long micros) => (int)Math.DivRem(micros, Hour, out long rest) - (rest < 0 ? 1 : 0);

    /// <summary>Days since 1970, rounded down.</summary>
    public static int DayOf(long micros) => (int)Math.DivRem(micros, Day, out long rest) - (rest < 0 ? 1 : 0);
}
