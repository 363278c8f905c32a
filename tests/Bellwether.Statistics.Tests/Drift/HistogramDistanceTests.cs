using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

/// <summary>What every distance of two histograms promises; one that is added joins the list.</summary>
public sealed class HistogramDistanceTests
{
    private delegate double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current);

    private sealed record Claim(Distance Of, double Most, bool Symmetric, bool Metric);

    private static readonly Dictionary<string, Claim> Distances = new()
    {
        ["stability index, zeros replaced"] = new((p, q) => PopulationStability.Index(p, q), double.MaxValue, Symmetric: true, Metric: false),
        ["stability index, raised"] = new((p, q) => PopulationStability.Index(p, q, EmptyBins.RaiseToFloor), double.MaxValue, Symmetric: true, Metric: false),
        ["stability index, below the least"] = new((p, q) => PopulationStability.Index(p, q, EmptyBins.BelowTheLeast), double.MaxValue, true, false),
        ["stability index, smallest"] = new((p, q) => PopulationStability.Index(p, q, EmptyBins.SmallestNumber), double.MaxValue, true, false),
        ["stability index, as they are"] = new((p, q) => PopulationStability.Index(p, q, EmptyBins.AsTheyAre), double.PositiveInfinity, true, false),
        ["Kullback-Leibler"] = new((p, q) => KullbackLeibler.Divergence(p, q), double.PositiveInfinity, Symmetric: false, Metric: false),
        ["Jensen-Shannon, bits"] = new((p, q) => JensenShannon.Distance(p, q), 1, Symmetric: true, Metric: true),
        ["Jensen-Shannon, nats"] = new((p, q) => JensenShannon.Distance(p, q, LogarithmBase.Nats), Math.Sqrt(Math.Log(2)), Symmetric: true, Metric: true),
        ["Hellinger"] = new(Hellinger.Distance, 1, Symmetric: true, Metric: true),
        ["total variation"] = new(TotalVariation.Distance, 1, Symmetric: true, Metric: true),
        ["L-infinity"] = new(LInfinity.Distance, 1, Symmetric: true, Metric: true),
    };

    private static readonly Gen<double[]> AnyWeights =
        Gen.Frequency((1, Gen.Const(0.0)), (3, Gen.Double[0, 1_000])).Array[6].Where(weights => weights.Sum() > 0);

    public static TheoryData<string> Names() => [.. Distances.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_distance_is_none_from_itself_and_never_negative_nor_above_its_most(string name) =>
        Gen.Select(AnyWeights, AnyWeights).Sample((p, q) => Of(name, p, p) < 1e-7 && Of(name, p, q) >= 0 && Of(name, p, q) <= Distances[name].Most);

    [Theory, MemberData(nameof(Names))]
    public void A_symmetric_distance_is_the_same_both_ways(string name) => Gen.Select(AnyWeights, AnyWeights).Sample((p, q) =>
        !Distances[name].Symmetric || Near(Of(name, p, q), Of(name, q, p)));

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_the_bins_and_the_number_of_rows_do_not_matter(string name) => Gen.Select(AnyWeights, AnyWeights).Sample((p, q) =>
        Near(Of(name, p, q), Of(name, [.. p.Reverse()], [.. q.Reverse()]))
        && Near(Of(name, p, q), Of(name, [.. p.Select(weight => weight * 8)], [.. q.Select(weight => weight / 4)])));

    [Theory, MemberData(nameof(Names))]
    public void A_metric_obeys_the_triangle_inequality(string name) => Gen.Select(AnyWeights, AnyWeights, AnyWeights).Sample((p, q, r) =>
        !Distances[name].Metric || Of(name, p, r) <= Of(name, p, q) + Of(name, q, r) + 1e-7);

    [Theory, MemberData(nameof(Names))]
    public void What_is_no_histogram_is_refused_and_the_parameter_is_named(string name)
    {
        double[] good = [1, 2];
        foreach (double[] bad in (double[][])[[], [0, 0], [1], [1, 2, 3], [-1, 2], [double.NaN, 1], [double.PositiveInfinity, 1], [double.MaxValue, double.MaxValue]])
        {
            Assert.NotNull(Assert.ThrowsAny<ArgumentException>(() => Of(name, good, bad)).ParamName);
            Assert.NotNull(Assert.ThrowsAny<ArgumentException>(() => Of(name, bad, good)).ParamName);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_million_bins_and_a_single_one_are_answered(string name)
    {
        double[] p = new double[1_000_000], q = new double[1_000_000];
        Array.Fill(p, 1);
        Array.Fill(q, 2);
        Assert.Equal(0, Of(name, p, q), 1e-6);
        Assert.Equal(0, Of(name, [7], [2]));
    }

    [Fact]
    public void Distances_are_at_their_most_when_no_bin_is_shared()
    {
        double[] p = [3, 1, 0, 0], q = [0, 0, 5, 5];
        Assert.Equal(1, JensenShannon.Distance(p, q));
        Assert.Equal(Math.Sqrt(Math.Log(2)), JensenShannon.Distance(p, q, LogarithmBase.Nats), 1e-15);
        Assert.Equal(1, Hellinger.Distance(p, q), 1e-15);
        Assert.Equal(1, TotalVariation.Distance(p, q));
        Assert.Equal(double.PositiveInfinity, KullbackLeibler.Divergence(p, q));
        Assert.Equal(double.PositiveInfinity, PopulationStability.Index(p, q, EmptyBins.AsTheyAre));
    }

    [Fact]
    public void Rules_for_empty_bins_give_the_figures_of_the_tools_that_have_them()
    {
        double[] p = [5_000, 0], q = [4_999, 1];
        double change = 1 / 5_000.0;
        Assert.Equal(-change * Math.Log(1 - change) + (change - 1e-4) * Math.Log(change / 1e-4), PopulationStability.Index(p, q), 1e-12);
        double[] rare = [99_995, 5, 0], common = [90_000, 5, 9_995];
        // The least share is 5·10⁻⁵, below the floor, so the empty bin counts as a millionth of it.
        double zero = 5e-11, expected = (.9 - .99995) * Math.Log(.9 / .99995) + (.09995 - zero) * Math.Log(.09995 / zero);
        Assert.Equal(expected, PopulationStability.Index(rare, common, EmptyBins.BelowTheLeast), 1e-9);
    }

    [Fact]
    public void Hellinger_keeps_its_digits_when_little_has_changed() =>
        Assert.Equal(1e-8 / Math.Sqrt(8), Hellinger.Distance([1, 1], [1 + 1e-8, 1 - 1e-8]), 1e-15);

    private static double Of(string name, double[] p, double[] q) => Distances[name].Of(p, q);

    private static bool Near(double a, double b) => a == b || Math.Abs(a - b) <= 1e-7 + 1e-9 * Math.Abs(a);
}
