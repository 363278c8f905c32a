using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Bellwether.Contracts;

namespace Bellwether.Server.Web;

/// <summary>Cuts a list that is sorted by (instant, id) into pages; the cursor names the last item given, so a list that grows loses nothing.</summary>
internal static class Paging
{
    /// <summary>Items of a page at most, and where <c>?limit=</c> is absent.</summary>
    public const int MaximumLimit = 1000;

    /// <summary>Where a page begins, or the answer that says what is wrong with the request.</summary>
    public static IResult? TryRead(string? cursor, string? limit, out PageStart start)
    {
        start = new PageStart(null, "", MaximumLimit);
        if (limit is not null)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > MaximumLimit)
            {
                return Problems.BadQuery("limit", $"'{limit}' is no number from 1 to {MaximumLimit}.");
            }
            start = start with { Limit = count };
        }
        if (cursor is null) { return null; }
        byte[] bytes = new byte[cursor.Length];
        if (cursor.Length <= 1024 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out int written)
            && Encoding.UTF8.GetString(bytes, 0, written).Split('|', 2) is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= DateTimeOffset.MaxValue.UtcTicks)
        {
            start = start with { After = new DateTimeOffset(value, TimeSpan.Zero), AfterId = id };
            return null;
        }
        return Problems.BadQuery("cursor", "This is no cursor that a page gave under 'next'.");
    }

    /// <param name="sorted">By instant, then id in ordinal order.</param>
    /// <param name="newestFirst">Instants descend; ids within one still ascend.</param>
    public static Page<T> Cut<T>(IReadOnlyList<T> sorted, PageStart start, Func<T, (DateTimeOffset Instant, string Id)> place, bool newestFirst = false)
    {
        var rest = start.After is not { } after
            ? sorted
            : [.. sorted.Where(item => place(item) is var (instant, id)
                && (instant == after ? string.CompareOrdinal(id, start.AfterId) > 0 : instant > after != newestFirst))];
        if (rest.Count <= start.Limit) { return new Page<T>(rest); }
        var (lastInstant, lastId) = place(rest[start.Limit - 1]);
        string next = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{lastInstant.UtcTicks}|{lastId}")));
        return new Page<T>([.. rest.Take(start.Limit)], next);
    }
}

/// <summary>Where a page begins.</summary>
/// <param name="After">Instant of the last item given; null for the first page.</param>
internal sealed record PageStart(DateTimeOffset? After, string AfterId, int Limit);
