using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class ReferenceHistogramTests
{
    private static readonly double[] Reference = [.. Enumerable.Range(0, 100).Select(i => i / 10.0)];

    [Fact]
    public void The_reference_has_no_distance_from_itself_and_what_lies_outside_all_of_it()
    {
        var reference = ReferenceHistogram.Fit(Reference);
        Assert.Equal(0, reference.JensenShannonDistance(Reference));
        Assert.Equal(0, reference.HellingerDistance(Reference));
        Assert.Equal(1, reference.JensenShannonDistance([-5, 50]));
        Assert.Equal(1, reference.HellingerDistance([-5, 50]), 1e-12);
    }

    [Fact]
    public void A_window_without_values_cannot_be_told_and_a_missing_one_is_refused()
    {
        var reference = ReferenceHistogram.Fit(Reference);
        Assert.Equal(double.NaN, reference.HellingerDistance([]));
        Assert.Throws<ArgumentException>(() => reference.JensenShannonDistance([double.NaN]));
        Assert.Throws<ArgumentException>(() => ReferenceHistogram.Fit([]));
    }
}
