using Bellwether.Statistics.Summaries;
using CsCheck;

namespace Bellwether.Statistics.Tests.Summaries;

public sealed class BinnedDriftTests
{
    private static readonly Gen<long[]> Bins = Gen.Long[0, 1_000].Array[5].Where(bins => bins.Sum() > 0);

    [Fact] // property: any two histograms
    public void Scores_are_zero_on_the_same_and_within_their_range() => Gen.Select(Bins, Bins).Sample((p, q) =>
        BinnedDrift.PopulationStabilityIndex(p, p) == 0 && BinnedDrift.KolmogorovSmirnov(p, p) == 0 && BinnedDrift.JensenShannonDistance(p, p) < 1e-7
        && BinnedDrift.PopulationStabilityIndex(p, q) >= 0
        && BinnedDrift.KolmogorovSmirnov(p, q) is >= 0 and <= 1
        && BinnedDrift.JensenShannonDistance(p, q) is >= 0 and <= 1);

    [Fact]
    public void Jensen_shannon_is_one_when_no_bin_is_shared() => Assert.Equal(1, BinnedDrift.JensenShannonDistance([3, 1, 0, 0], [0, 0, 5, 5]));

    [Fact]
    public void The_stability_index_of_a_known_table_is_the_known_one() =>
        Assert.Equal(.1 * Math.Log(.6 / .5) - .1 * Math.Log(.4 / .5), BinnedDrift.PopulationStabilityIndex([50, 50], [60, 40]), 1e-15);

    [Fact]
    public void Kolmogorov_smirnov_of_a_known_table_is_the_known_one() => Assert.Equal(.5, BinnedDrift.KolmogorovSmirnov([2, 2, 0], [0, 2, 2]));

    [Fact]
    public void An_empty_or_unequal_histogram_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BinnedDrift.KolmogorovSmirnov([0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => BinnedDrift.KolmogorovSmirnov([1, 1], [1, 1, 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.5)]
    [InlineData(-6)] // Wholly outside the reference.
    public void Wasserstein_from_bins_is_near_that_of_the_sorted_values(double shift)
    {
        double[] reference = SummaryGen.Normals(1, 4_000, 10, 3), current = [.. SummaryGen.Normals(2, 4_000, 10 + 3 * shift, 3)];
        var schema = ColumnSchema.FitNumeric("x", reference);
        var window = new WindowSummary(new BinSchema([schema], null));
        window.AddNumeric(0, current, new byte[current.Length]);
        double exact = reference.Order().Zip(current.Order(), (a, b) => Math.Abs(a - b)).Average() / schema.Sigma;
        Assert.Equal(exact, BinnedDrift.WassersteinInSigmas(schema, window.Columns[0])!.Value, .005);
    }

    [Fact]
    public void Two_samples_of_one_population_have_a_small_index()
    {
        var schema = ColumnSchema.FitNumeric("x", SummaryGen.Normals(1, 4_000, 10, 3));
        var window = new WindowSummary(new BinSchema([schema], null));
        window.AddNumeric(0, SummaryGen.Normals(2, 2_000, 10, 3), new byte[2_000]);
        Assert.InRange(BinnedDrift.PopulationStabilityIndex(schema, window.Columns[0])!.Value, 0, .03);
        Assert.InRange(BinnedDrift.KolmogorovSmirnov(schema, window.Columns[0])!.Value, 0, .045);
    }
}
