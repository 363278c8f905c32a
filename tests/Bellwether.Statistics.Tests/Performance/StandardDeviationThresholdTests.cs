using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Performance;

public sealed class StandardDeviationThresholdTests
{
    [Fact]
    public void Thresholds_lie_three_deviations_about_the_mean()
    {
        var (lower, upper) = new StandardDeviationThreshold().Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(-1, lower);
        Assert.Equal(11, upper);
    }

    [Fact]
    public void A_threshold_beyond_the_scores_range_becomes_its_limit()
    {
        var (lower, upper) = new StandardDeviationThreshold().Of([.1, .9], lowest: 0, highest: 1);
        Assert.Equal(0, lower);
        Assert.Equal(1, upper);
    }

    [Fact]
    public void Without_a_multiple_there_is_no_threshold_on_that_side()
    {
        var (lower, upper) = new StandardDeviationThreshold(LowerMultiple: null).Of([1, 3], lowest: 0);
        Assert.Null(lower);
        Assert.Equal(5, upper);
        Assert.False(StandardDeviationThreshold.IsBeyond(-100, lower, upper));
        Assert.True(StandardDeviationThreshold.IsBeyond(5.1, lower, upper));
    }

    [Fact]
    public void A_score_on_the_threshold_and_one_that_is_not_a_number_are_not_beyond()
    {
        Assert.False(StandardDeviationThreshold.IsBeyond(5, 1, 5));
        Assert.False(StandardDeviationThreshold.IsBeyond(double.NaN, 1, 5));
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_score_that_is_not_finite_is_refused(double score) =>
        Assert.Contains("scores", Assert.Throws<ArgumentException>(() => new StandardDeviationThreshold().Of([1, score])).Message, StringComparison.Ordinal);

    [Fact]
    public void No_scores_and_a_negative_multiple_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StandardDeviationThreshold().Of([]));
        Assert.Throws<ArgumentException>(() => new StandardDeviationThreshold(LowerMultiple: -1).Of([1]));
    }
}
