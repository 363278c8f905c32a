namespace Bellwether.Dashboard.Wording;

/// <summary>How far back a page looks, as its URL says it.</summary>
/// <param name="Key">In the URL: <c>24h</c>, <c>7d</c>, <c>30d</c>.</param>
/// <param name="Label">On the button.</param>
/// <param name="Words">In a heading: <c>24 hours</c>.</param>
public sealed record PageRange(string Key, string Label, string Words, TimeSpan Length)
{
    public static readonly PageRange Week = new("7d", "7 d", "7 days", TimeSpan.FromDays(7));

    public static readonly IReadOnlyList<PageRange> All =
        [new("24h", "24 h", "24 hours", TimeSpan.FromDays(1)), Week, new("30d", "30 d", "30 days", TimeSpan.FromDays(30))];

    /// <summary>The range of a URL; a week when it names none of ours.</summary>
    public static PageRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Week;
}
