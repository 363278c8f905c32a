using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>The range of event time that <c>?from=&amp;to=</c> names; open ends where they are absent.</summary>
internal static class TimeRange
{
    private static readonly DateTimeOffset FarFuture = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The range, or the answer that says what is wrong.</summary>
    public static IResult? TryRead(string? from, string? to, out TimeWindow range)
    {
        range = default;
        var start = DateTimeOffset.UnixEpoch;
        var end = FarFuture;
        if (from is not null && !UtcInstantConverter.TryParse(from, out start)) { return NotATime("from", from); }
        if (to is not null && !UtcInstantConverter.TryParse(to, out end)) { return NotATime("to", to); }
        if (end < start) { return Problems.BadQuery("to", "'to' lies before 'from'."); }
        range = new TimeWindow(start, end);
        return null;
    }

    // An unescaped '+' of an offset arrives as a space, which is worth saying.
    private static IResult NotATime(string parameter, string text) =>
        Problems.BadQuery(parameter, $"'{text}' is no RFC 3339 time with offset, such as 2026-07-01T12:00:00Z (write '+' as %2B).");
}
