using System.Globalization;

namespace Bellwether.Storage.Log.Hot;

/// <summary>A hot table and the event time it may hold.</summary>
/// <param name="From">Unix microseconds, inclusive.</param>
/// <param name="To">Unix microseconds, exclusive.</param>
internal sealed record HotTable(string Name, long From, long To)
{
    public const string Prefix = "predictions_";

    // A history of years would make a table a day, each filled with a few rows in one transaction; what is this much older than its arrival
    // goes into tables a month.
    private const long HistoryAge = 7 * Instants.Day;

    /// <summary>The table of a row: its UTC day, or for history its UTC month.</summary>
    public static string NameOf(long time, long arrival)
    {
        var day = Instants.FromMicros(time).UtcDateTime;
        return Prefix + (arrival - time > HistoryAge
            ? day.ToString("'m'yyyyMM", CultureInfo.InvariantCulture)
            : day.ToString("'d'yyyyMMdd", CultureInfo.InvariantCulture));
    }

    public static HotTable Of(string name)
    {
        bool isMonth = name[Prefix.Length] == 'm';
        var first = DateTime.ParseExact(name[(Prefix.Length + 1)..], isMonth ? "yyyyMM" : "yyyyMMdd", CultureInfo.InvariantCulture);
        var end = isMonth ? first.AddMonths(1) : first.AddDays(1);
        return new HotTable(name, new DateTimeOffset(first, TimeSpan.Zero).ToMicros(), new DateTimeOffset(end, TimeSpan.Zero).ToMicros());
    }
}
