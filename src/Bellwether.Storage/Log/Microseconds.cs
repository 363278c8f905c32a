namespace Bellwether.Storage.Log;

/// <summary>Stretches of time in microseconds, the unit of every time in the log.</summary>
internal static class Microseconds
{
    public const long Second = 1_000_000;
    public const long Hour = 3600 * Second;
    public const long Day = 24 * Hour;

    /// <summary>Hours since 1970, rounded down.</summary>
    public static int HourOf(long micros) => (int)Math.DivRem(micros, Hour, out long rest) - (rest < 0 ? 1 : 0);

    /// <summary>Days since 1970, rounded down.</summary>
    public static int DayOf(long micros) => (int)Math.DivRem(micros, Day, out long rest) - (rest < 0 ? 1 : 0);
}
