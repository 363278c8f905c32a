using Bellwether.Contracts;
using Bellwether.Monitoring.Evaluation;

namespace Bellwether.Monitoring.Tests.Evaluation;

public sealed class WindowGridTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", 23)]
    [InlineData("2026-10-25T12:00:00Z", 25)]
    [InlineData("2026-07-01T12:00:00Z", 24)]
    public void A_local_day_has_the_hours_that_its_clock_has(string instant, int hours)
    {
        var window = new WindowGrid(TimeSpan.FromDays(1), Berlin).Containing(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(hours, (window.End - window.Start).TotalHours);
    }

    [Fact]
    public void Hours_are_aligned_to_utc_and_hold_their_start_but_not_their_end()
    {
        var grid = new WindowGrid(TimeSpan.FromHours(1), Berlin);
        var window = grid.Containing(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
        Assert.Equal(new TimeWindow(new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero), new(2026, 5, 4, 4, 0, 0, TimeSpan.Zero)), window);
        Assert.Equal(window, grid.Containing(window.Start));
        Assert.NotEqual(window, grid.Containing(window.End));
    }

    [Theory, InlineData(1), InlineData(24), InlineData(168)]
    public void Windows_follow_each_other_without_gap_through_a_year_of_clock_changes(int hours)
    {
        var grid = new WindowGrid(TimeSpan.FromHours(hours), Berlin);
        long first = grid.OrdinalOf(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        for (long o = first; o < first + 8800 / hours; o++)
        {
            Assert.Equal(grid.At(o).End, grid.At(o + 1).Start);
            Assert.Equal(o, grid.OrdinalOf(grid.At(o).Start));
            Assert.Equal(o, grid.OrdinalOf(grid.At(o).End.AddTicks(-1)));
        }
    }

    [Fact]
    public void Weeks_begin_on_Monday_of_the_zone() =>
        Assert.Equal(new DateTimeOffset(2026, 6, 14, 22, 0, 0, TimeSpan.Zero), new WindowGrid(TimeSpan.FromDays(7), Berlin).Containing(new(2026, 6, 17, 0, 0, 0, TimeSpan.Zero)).Start);
}
