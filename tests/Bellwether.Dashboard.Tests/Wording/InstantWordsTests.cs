using Bellwether.Contracts;
using Bellwether.Dashboard.Wording;

namespace Bellwether.Dashboard.Tests.Wording;

public class InstantWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-07-21T14:00:00Z", "Tuesday 14:00 UTC")]
    [InlineData("2026-07-21T16:00:00+02:00", "Tuesday 14:00 UTC")]
    [InlineData("2026-06-30T14:00:00Z", "30 Jun 14:00 UTC")]
    [InlineData("2025-07-21T14:00:00Z", "21 Jul 2025 14:00 UTC")]
    [InlineData("2027-07-24T12:00:00Z", "24 Jul 2027 12:00 UTC")] // a clock a year ahead
    public void An_instant_is_told_by_weekday_while_that_is_plain(string instant, string expected) =>
        Assert.Equal(expected, InstantWords.At(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Now));

    [Theory]
    [InlineData(-40, "now")]
    [InlineData(5, "5 s")]
    [InlineData(22_320, "6 h 12 min")]
    [InlineData(21_600, "6 h")]
    [InlineData(273_600, "3 d 4 h")]
    public void An_age_has_its_two_largest_units(int seconds, string expected) => Assert.Equal(expected, InstantWords.Age(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_window_in_a_url_is_read_back_as_it_was()
    {
        var start = new DateTimeOffset(2026, 7, 21, 14, 0, 0, 250, TimeSpan.Zero);
        Assert.Equal(start, InstantWords.FromIso(InstantWords.Iso(start)));
        Assert.Null(InstantWords.FromIso("<b>"));
        Assert.Null(InstantWords.FromIso(null));
    }

    [Theory]
    [InlineData(1, "Tue 21 Jul, 14:00–15:00")]
    [InlineData(48, "21 Jul 14:00 – 23 Jul 14:00")]
    public void A_window_is_told_by_both_ends(int hours, string expected)
    {
        var start = new DateTimeOffset(2026, 7, 21, 14, 0, 0, TimeSpan.Zero);
        Assert.Equal(expected, InstantWords.Window(new TimeWindow(start, start.AddHours(hours))));
    }
}
