using System.Globalization;
using Bellwether.Contracts;

namespace Bellwether.Dashboard.Wording;

/// <summary>Times and ages as people say them, always UTC.</summary>
internal static class InstantWords
{
    /// <summary>
    /// Within the last six days the weekday tells best (<c>Tuesday 14:00 UTC</c>); else the date does, with the year where it is another.
    /// </summary>
    public static string At(DateTimeOffset instant, DateTimeOffset now)
    {
        var utc = instant.ToUniversalTime();
        var age = now - utc;
        string format = age >= TimeSpan.Zero && age < TimeSpan.FromDays(6) ? "dddd HH:mm"
            : utc.Year == now.Year ? "d MMM HH:mm"
            : "d MMM yyyy HH:mm";
        return utc.ToString(format, CultureInfo.InvariantCulture) + " UTC";
    }

    /// <summary>To the second, for titles: <c>2026-07-21 14:00:00 UTC</c>.</summary>
    public static string Exact(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The clock alone: <c>14:00:05 UTC</c>.</summary>
    public static string Clock(DateTimeOffset instant) => instant.ToUniversalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>As in a URL: <c>2026-07-21T14:00:00Z</c>.</summary>
    public static string Iso(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Iso"/> writes; null for anything that is no time.</summary>
    public static DateTimeOffset? FromIso(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    /// <summary>A window: <c>Tue 21 Jul, 14:00–15:00</c>; over days <c>21 Jul – 22 Jul</c>.</summary>
    public static string Window(TimeWindow window)
    {
        var start = window.Start.ToUniversalTime();
        var end = window.End.ToUniversalTime();
        return end - start < TimeSpan.FromDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{start:ddd d MMM}, {start:HH:mm}–{end:HH:mm}")
            : end - start == TimeSpan.FromDays(1) && start.TimeOfDay == TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"{start:ddd d MMM}")
            : string.Create(CultureInfo.InvariantCulture, $"{start:d MMM HH:mm} – {end:d MMM HH:mm}");
    }

    /// <summary>An age or a length in its two largest units: <c>5 s</c>, <c>6 h 12 min</c>, <c>3 d 4 h</c>. Below zero counts as now.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min"),
        { TotalDays: < 1 } => Two((int)age.TotalHours, "h", age.Minutes, "min"),
        _ => Two((int)age.TotalDays, "d", age.Hours, "h"),
    };

    private static string Two(int large, string largeUnit, int small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");
}
