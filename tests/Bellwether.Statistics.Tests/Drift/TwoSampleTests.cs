using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Drift;
using CsCheck;

namespace Bellwether.Statistics.Tests.Drift;

/// <summary>What every test and distance of two samples promises, run over all of them.</summary>
public sealed class TwoSampleTests
{
    /// <summary>A p-value (or, of a distance, the distance) of two samples.</summary>
    private delegate double Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current);

    private static readonly Dictionary<string, Measure> PValues = new()
    {
        ["Kolmogorov–Smirnov"] = (x, y) => KolmogorovSmirnov.Test(x, y).PValue,
        ["Kolmogorov–Smirnov, limit"] = (x, y) => KolmogorovSmirnov.Test(x, y, method: KolmogorovSmirnovMethod.Limit).PValue,
        ["Cramér–von Mises"] = (x, y) => CramerVonMises.Test(x, y).PValue,
        ["Anderson–Darling"] = (x, y) => AndersonDarling.Test(x, y).PValue,
        ["Anderson–Darling, right"] = (x, y) => AndersonDarling.Test(x, y, midrank: false).PValue,
        ["Kuiper"] = (x, y) => Kuiper.Test(x, y).PValue,
        ["Mann–Whitney"] = (x, y) => MannWhitney.Test(x, y).PValue,
        ["Welch"] = (x, y) => TTest.Welch(x, y).PValue,
        ["Student"] = (x, y) => TTest.Student(x, y).PValue,
        ["Epps–Singleton"] = (x, y) => EppsSingleton.Test(x, y).PValue,
        ["Brunner–Munzel"] = (x, y) => BrunnerMunzel.Test(x, y).PValue,
        ["Kruskal–Wallis"] = (x, y) => KruskalWallis.Test([x.ToArray(), y.ToArray()]).PValue,
    };

    private static readonly Dictionary<string, Measure> Distances = new()
    {
        ["Wasserstein"] = (x, y) => Wasserstein.Distance(x, y),
        ["Energy"] = (x, y) => EnergyDistance.Distance(x, y),
        ["Kolmogorov–Smirnov distance"] = (x, y) => KolmogorovSmirnov.Test(x, y).Statistic,
        ["Kuiper distance"] = (x, y) => Kuiper.Test(x, y).Statistic,
    };

    private static readonly Gen<double[]> Samples = Gen.OneOf(
        Gen.Double[-100, 100].Array[5, 60],
        Gen.Int[-5, 5].Select(value => (double)value).Array[5, 60]);

    public static TheoryData<string> Tests() => [.. PValues.Keys];

    public static TheoryData<string> Measures() => [.. PValues.Keys, .. Distances.Keys];

    public static TheoryData<string> Metrics() => [.. Distances.Keys];

    [Theory, MemberData(nameof(Measures))]
    public void Samples_without_values_are_refused(string name)
    {
        var measure = Find(name);
        double[] some = [1, 2, 3, 4, 5, 6];
        Assert.ThrowsAny<ArgumentException>(() => measure([], some));
        Assert.ThrowsAny<ArgumentException>(() => measure(some, []));
    }

    [Theory, MemberData(nameof(Measures))]
    public void Values_that_are_not_finite_are_refused_wherever_they_stand(string name)
    {
        var measure = Find(name);
        foreach (int length in (int[])[6, 20_000])
        {
            double[] some = Uniform(1, length);
            foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                foreach (int at in (int[])[0, length / 2, length - 1])
                {
                    double[] spoilt = [.. some];
                    spoilt[at] = bad;
                    Assert.ThrowsAny<ArgumentException>(() => measure(spoilt, some));
                    Assert.ThrowsAny<ArgumentException>(() => measure(some, spoilt));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Tests))]
    public void One_value_each_is_no_evidence(string name)
    {
        try
        {
            double pValue = PValues[name]([1], [2]);
            Assert.True(double.IsNaN(pValue) || pValue is > .1 and <= 1, $"{pValue}");
        }
        catch (ArgumentException refused)
        {
            Assert.Contains("at least", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Tests))]
    public void Equal_values_are_no_evidence(string name)
    {
        if (name == "Cramér–von Mises") { return; } // Its statistic of constants means nothing, as it documents and scipy has it.
        double pValue = PValues[name](Enumerable.Repeat(.1, 30).ToArray(), Enumerable.Repeat(.1, 17).ToArray());
        Assert.True(double.IsNaN(pValue) || pValue is > .1 and <= 1, $"{pValue}");
    }

    [Theory, MemberData(nameof(Tests))]
    public void P_values_are_probabilities_or_nothing(string name) =>
        Gen.Select(Samples, Samples).Sample((x, y) => PValues[name](x, y) is double.NaN or (>= 0 and <= 1), iter: 200);

    [Theory, MemberData(nameof(Measures))]
    public void Which_sample_is_the_reference_does_not_matter(string name) =>
        Gen.Select(Samples, Samples).Sample((x, y) => Same(Find(name)(x, y), Find(name)(y, x)), iter: 200);

    [Theory, MemberData(nameof(Measures))]
    public void The_order_of_the_values_does_not_matter(string name) =>
        Gen.Select(Samples, Samples).Sample((x, y) => Same(Find(name)(x, y), Find(name)([.. x.Order()], [.. y.OrderDescending()])), iter: 200);

    [Theory, MemberData(nameof(Measures))]
    public void Samples_are_left_as_they_are(string name)
    {
        double[] x = [3, -0.0, 2, 9, 1, 7], y = [5, 5, 4, 0.0, 8, 2, 6], xBefore = [.. x], yBefore = [.. y];
        Find(name)(x, y);
        Assert.Equal(xBefore.Select(BitConverter.DoubleToInt64Bits), x.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(yBefore.Select(BitConverter.DoubleToInt64Bits), y.Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory, MemberData(nameof(Measures))]
    public void Minus_zero_is_zero(string name) =>
        Assert.Equal(Find(name)([0, 0, 0, 1, 2, 3], [0, 0, 1, 1, 4]), Find(name)([0, -0.0, 0, 1, 2, 3], [-0.0, 0, 1, 1, 4]));

    [Theory, MemberData(nameof(Tests))]
    public void A_clear_difference_is_evidence(string name)
    {
        double[] x = Uniform(2, 300), y = [.. Uniform(3, 250).Select(value => value + .4)];
        Assert.True(PValues[name](x, y) <= .001);
    }

    [Theory, MemberData(nameof(Measures))]
    public void A_million_values_are_taken(string name)
    {
        double value = Find(name)(Uniform(4, 1_000_000), Uniform(5, 600_000));
        Assert.True(value is >= 0 and <= 1, $"{value}");
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Distances_obey_the_triangle_inequality(string name) => Gen.Select(Samples, Samples, Samples).Sample(
        (x, y, z) => Distances[name](x, z) <= Distances[name](x, y) + Distances[name](y, z) + 1e-9, iter: 200);

    [Theory, MemberData(nameof(Metrics))]
    public void A_sample_has_no_distance_from_itself(string name) =>
        Samples.Sample(x => Distances[name](x, x) == 0 && Distances[name](x, [.. x, .. x]) < 1e-9, iter: 200);

    private static Measure Find(string name) => PValues.TryGetValue(name, out var pValue) ? pValue : Distances[name];

    private static bool Same(double one, double other) => one.Equals(other) || Math.Abs(one - other) <= 1e-9 * Math.Max(1, Math.Abs(one));

    private static double[] Uniform(ulong seed, int count)
    {
        var chance = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => chance.NextDouble())];
    }
}
