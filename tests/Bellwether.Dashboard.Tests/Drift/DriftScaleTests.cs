using Bellwether.Dashboard.Drift;

namespace Bellwether.Dashboard.Tests.Drift;

public class DriftScaleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4999, 0)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 2)]
    [InlineData(0.9999, 2)]
    [InlineData(1, 3)]
    [InlineData(1.5, 4)]
    [InlineData(2.5, 5)]
    [InlineData(4, 6)]
    [InlineData(double.PositiveInfinity, 6)]
    public void A_step_begins_at_its_bound(double distance, int step) => Assert.Equal(step, DriftScale.Step(distance));

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void What_cannot_be_told_has_no_step(double? distance) => Assert.Null(DriftScale.Step(distance));
}
