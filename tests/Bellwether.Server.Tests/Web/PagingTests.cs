using Bellwether.Server.Web;

namespace Bellwether.Server.Tests.Web;

public sealed class PagingTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    public void Following_the_cursors_gives_every_item_once_and_in_order(int limit)
    {
        // Five items share each instant, so that pages end in the middle of one.
        var items = Enumerable.Range(0, 23).Select(i => (At: Start.AddHours(i / 5), Id: $"id|{i:D2}")).ToList();
        var seen = new List<(DateTimeOffset, string)>();
        string? cursor = null;
        do
        {
            Assert.Null(Paging.TryRead(cursor, $"{limit}", out var start));
            var page = Paging.Cut(items, start, item => item);
            Assert.InRange(page.Items.Count, 1, limit);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(items, seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Lists_with_the_newest_first_are_cut_as_well_and_a_newer_item_repeats_nothing(int limit)
    {
        var items = Enumerable.Range(0, 23).Select(i => (At: Start.AddHours(-(i / 5)), Id: $"{i:D2}")).ToList();
        var seen = new List<(DateTimeOffset, string)>();
        string? cursor = null;
        do
        {
            Assert.Null(Paging.TryRead(cursor, $"{limit}", out var start));
            var page = Paging.Cut(items, start, item => item, newestFirst: true);
            seen.AddRange(page.Items);
            cursor = page.Next;
            items.Insert(0, (items[0].At.AddHours(1), "new"));
        }
        while (cursor is not null);
        Assert.Equal(items.Where(item => item.Id != "new"), seen);
    }

    [Fact]
    public void An_item_added_behind_the_cursor_is_not_lost()
    {
        List<(DateTimeOffset At, string Id)> items = [(Start, "a"), (Start, "c"), (Start.AddHours(1), "b")];
        Paging.TryRead(null, "2", out var first);
        string next = Paging.Cut(items, first, item => item).Next!;
        items.Insert(2, (Start, "d"));
        Paging.TryRead(next, "2", out var second);
        Assert.Equal(["d", "b"], Paging.Cut(items, second, item => item).Items.Select(item => item.Id));
    }
}
