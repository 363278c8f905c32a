using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;

namespace Bellwether.Statistics.Tests.Drift;

/// <summary>What every distance of two samples of rows promises; one that is added joins the list.</summary>
public sealed class MultivariateDistanceTests
{
    private delegate double Distance(double[] reference, double[] current, int columns);

    private static readonly Dictionary<string, Distance> Distances = new()
    {
        ["unbiased MMD"] = (x, y, columns) => MaximumMeanDiscrepancy.Unbiased(x, y, columns, 1),
        ["biased MMD"] = (x, y, columns) => MaximumMeanDiscrepancy.Biased(x, y, columns, 1),
        ["permutation MMD"] = (x, y, columns) => MmdPermutationTest.Test(x, y, columns, 1, 19, seed: 3).Squared,
        ["linear-time MMD"] = (x, y, columns) => LinearTimeMmd.Test(x, y, columns, 1).Squared,
        ["sliced Wasserstein"] = (x, y, columns) => SlicedWasserstein.Distance(x, y, columns, 40, seed: 5).Distance,
        ["median bandwidth"] = (x, y, columns) => RbfKernel.MedianBandwidth(x, y, columns),
    };

    public static TheoryData<string> Names() => [.. Distances.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_distance_is_the_same_both_ways(string name)
    {
        double[] x = Normals(1, 60, 0), y = Normals(2, 60, .5);
        Assert.Equal(Distances[name](x, y, 3), Distances[name](y, x, 3), 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_shift_of_both_samples_and_the_order_of_columns_do_not_matter(string name)
    {
        double[] x = Normals(1, 60, 0), y = Normals(2, 60, .5);
        Assert.Equal(Distances[name](x, y, 3), Distances[name]([.. x.Select(value => value + 7)], [.. y.Select(value => value + 7)], 3), 1e-9);
        if (name != "sliced Wasserstein") // Its directions are drawn for the columns in their order.
        {
            Assert.Equal(Distances[name](x, y, 3), Distances[name](Turned(x), Turned(y), 3), 1e-12);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_caller_who_gives_no_rows_is_told_so(string name)
    {
        double[] good = Normals(1, 10, 0);
        Assert.ThrowsAny<ArgumentException>(() => Distances[name](good, [1, 2], 3));
        Assert.ThrowsAny<ArgumentException>(() => Distances[name]([.. good.SkipLast(1), double.NaN], good, 3));
        Assert.ThrowsAny<ArgumentException>(() => Distances[name]([.. good.SkipLast(1), double.PositiveInfinity], good, 3));
        Assert.ThrowsAny<ArgumentException>(() => Distances[name](good, good, 0));
        if (name != "linear-time MMD") { Assert.ThrowsAny<ArgumentException>(() => Distances[name](good, [], 3)); }
        else { Assert.Equal(double.NaN, Distances[name](good, [], 3)); } // Too few: cannot tell.
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_rows_throughout_have_no_distance(string name) => Assert.Equal(0, Distances[name]([4, 4, 4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4, 4, 4], 2), 1e-15);

    [Fact]
    public void The_discrepancy_grows_with_the_difference_and_never_beyond_two()
    {
        double last = -1;
        foreach (double shift in (double[])[0, .5, 1, 2, 50])
        {
            double now = MaximumMeanDiscrepancy.Biased(Normals(1, 80, 0), Normals(2, 80, shift), 3, 1);
            Assert.InRange(now, last, 2);
            last = now;
        }
    }

    [Fact]
    public void Permutations_give_the_same_estimate_as_the_definition_and_the_same_p_value_for_a_seed()
    {
        double[] x = Normals(1, 30, 0), y = Normals(2, 45, .8);
        var once = MmdPermutationTest.Test(x, y, 3, 1, 99, seed: 8);
        Assert.Equal(MaximumMeanDiscrepancy.Unbiased(x, y, 3, 1), once.Squared, 1e-12);
        Assert.Equal(once, MmdPermutationTest.Test(x, y, 3, 1, 99, seed: 8));
        Assert.Equal(.01, once.PValue, 1e-15);
        Assert.Equal(1, MmdPermutationTest.Test([4, 4, 4], [4, 4, 4], 1, 1, 99, seed: 8).PValue);
    }

    [Fact]
    public void Sliced_wasserstein_of_one_column_is_the_distance_of_sorted_values()
    {
        double[] x = Normals(1, 50, 0), y = Normals(2, 50, 1);
        double exact = x.Order().Zip(y.Order(), (a, b) => Math.Abs(a - b)).Average();
        var result = SlicedWasserstein.Distance(x, y, 1, 3, seed: 1);
        Assert.Equal(exact, result.Distance, 1e-12);
        Assert.Equal(0, result.StandardError);
    }

    [Fact]
    public void Sliced_wasserstein_of_a_shift_is_its_mean_projection_within_the_error()
    {
        double[] x = Normals(1, 500, 0), y = [.. x.Select((value, i) => value + (i % 3 == 0 ? 3 : 0))];
        var result = SlicedWasserstein.Distance(x, y, 3, 400, seed: 1);
        Assert.InRange(result.Distance, 1.5 - 4 * result.StandardError, 1.5 + 4 * result.StandardError); // E|cos| on the sphere is a half.
    }

    [Fact]
    public void More_pairs_than_memory_holds_are_refused_with_advice() =>
        Assert.Contains("sample", Assert.Throws<ArgumentException>(() => RbfKernel.MedianBandwidth(new double[4_000], new double[1], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_input_is_answered_in_linear_time() =>
        Assert.InRange(LinearTimeMmd.Test(Normals(1, 200_000, 0), Normals(2, 200_000, .2), 3, 1).PValue, 0, 1e-6);

    [Fact]
    public void Without_a_difference_permutation_p_values_are_never_too_small()
    {
        double[] values = new double[2_000];
        for (int i = 0; i < values.Length; i++)
        {
            ulong seed = (ulong)i;
            values[i] = MmdPermutationTest.Test(
                Normals(SplitMix64.SeedFrom(1, seed), 8, 0), Normals(SplitMix64.SeedFrom(2, seed), 10, 0), 3, 1.5, 99, SplitMix64.SeedFrom(3, seed)).PValue;
        }
        Assert.InRange(PValues.ShareAboveUniform(values), 0, PValues.Critical(values.Length));
        Assert.InRange(PValues.DistanceFromUniform(values), 0, PValues.Critical(values.Length) + .01); // Multiples of a hundredth.
    }

    [Fact]
    public void Without_a_difference_linear_time_p_values_are_uniform()
    {
        double[] values = new double[2_000];
        for (int i = 0; i < values.Length; i++)
        {
            ulong seed = (ulong)i;
            values[i] = LinearTimeMmd.Test(Normals(SplitMix64.SeedFrom(1, seed), 200, 0), Normals(SplitMix64.SeedFrom(2, seed), 200, 0), 2, 1.5).PValue;
        }
        Assert.InRange(PValues.DistanceFromUniform(values), 0, PValues.Critical(values.Length));
    }

    /// <summary>Rows of three columns.</summary>
    private static double[] Normals(ulong seed, int rows, double shift)
    {
        var chance = new SplitMix64(seed);
        double[] values = new double[rows * 3];
        for (int i = 0; i < values.Length; i++) { values[i] = chance.NextNormal() + shift; }
        return values;
    }

    private static double[] Turned(double[] rows) => [.. rows.Chunk(3).SelectMany(row => row.Reverse())];
}
