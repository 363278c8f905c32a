using Bellwether.Dashboard.Wording;

namespace Bellwether.Dashboard.Tests.Wording;

public class FiguresTests
{
    [Theory]
    [InlineData(0.7624, "0.762")]
    [InlineData(10.8, "10.80")]
    [InlineData(1240.4, "1,240")]
    [InlineData(-0.5, "−0.500")]
    [InlineData(0, "0")]
    public void A_value_has_the_digits_an_eye_compares(double value, string expected) => Assert.Equal(expected, Figures.Value(value));

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_cannot_be_told_is_a_dash_and_never_a_zero(double? value)
    {
        Assert.Equal("–", Figures.Value(value));
        Assert.Equal("–", Figures.Change(value));
        Assert.Equal("–", Figures.Share(value));
    }

    [Theory]
    [InlineData(0.088, "+8.8 %")]
    [InlineData(-0.103, "−10.3 %")]
    [InlineData(0.0001, "±0.0 %")]
    public void A_change_shows_its_direction(double share, string expected) => Assert.Equal(expected, Figures.Change(share));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.001, "<0.01")]
    [InlineData(0.04, "0.04")]
    [InlineData(4.24, "4.2")]
    [InlineData(8417.4, "8,417")]
    public void A_trickle_of_traffic_is_told_from_none(double perSecond, string expected) => Assert.Equal(expected, Figures.Rate(perSecond));
}
