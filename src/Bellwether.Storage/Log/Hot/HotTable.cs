using System.Globalization;
using Bellwether.Monitoring.Log;

namespace Bellwether.Storage.Log.Hot;

/// <summary>A hot table and the event time it may hold.</summary>
/// <param name="Name">Of the table: prefix, period, and from the second generation on its number.</param>
/// <param name="Period"><c>d20260701</c> for a UTC day, <c>m202607</c> for the history of a UTC month.</param>
/// <param name="Generation">From 1. Rows that come while a period's table is being rolled go to a table of the next generation.</param>
/// <param name="From">Unix microseconds, inclusive.</param>
/// <param name="To">Unix microseconds, exclusive.</param>
internal sealed record HotTable(string Name, string Period, int Generation, long From, long To)
{
    public const string Prefix = "predictions_";

    private const string GenerationMark = "_g";

    // A history of years would make a table a day, each filled with a few rows in one transaction; what is this much older than its arrival
    // goes into tables a month.
    private const long HistoryAge = 7 * Microseconds.Day;

    /// <summary>The period of a row: its UTC day, or for history its UTC month.</summary>
    public static string PeriodOf(long time, long arrival)
    {
        var day = Instants.FromMicroseconds(time).UtcDateTime;
        return arrival - time > HistoryAge
            ? day.ToString("'m'yyyyMM", CultureInfo.InvariantCulture)
            : day.ToString("'d'yyyyMMdd", CultureInfo.InvariantCulture);
    }

    public static HotTable Of(string period, int generation) => Of(
        generation == 1 ? Prefix + period : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{period}{GenerationMark}{generation}"));

    public static HotTable Of(string name)
    {
        int mark = name.IndexOf(GenerationMark, Prefix.Length, StringComparison.Ordinal);
        string period = mark < 0 ? name[Prefix.Length..] : name[Prefix.Length..mark];
        int generation = mark < 0 ? 1 : int.Parse(name.AsSpan(mark + GenerationMark.Length), CultureInfo.InvariantCulture);
        bool isMonth = period[0] == 'm';
        var first = DateTime.ParseExact(period[1..], isMonth ? "yyyyMM" : "yyyyMMdd", CultureInfo.InvariantCulture);
        var end = isMonth ? first.AddMonths(1) : first.AddDays(1);
        return new HotTable(name, period, generation, new DateTimeOffset(first, TimeSpan.Zero).ToMicroseconds(), new DateTimeOffset(end, TimeSpan.Zero).ToMicroseconds());
    }
}
