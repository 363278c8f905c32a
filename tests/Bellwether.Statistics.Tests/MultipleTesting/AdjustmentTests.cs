using Bellwether.Statistics.Chance;
using Bellwether.Statistics.MultipleTesting;
using CsCheck;

namespace Bellwether.Statistics.Tests.MultipleTesting;

/// <summary>What holds for every adjustment of p-values.</summary>
public sealed class AdjustmentTests
{
    private static readonly double[] Round = [0, 1, .01, .05];
    private static readonly Gen<double[]> PValues = Gen.OneOf(Gen.Double[0, 1], Gen.OneOf(Round)).Array[0, 30];

    private static readonly Dictionary<string, (Func<double[], double[]> Adjust, Func<double[], double, bool[]> Reject)> Methods = new()
    {
        ["Bonferroni"] = (p => Bonferroni.Adjust(p), (p, alpha) => Bonferroni.Reject(p, alpha)),
        ["Šidák"] = (p => Sidak.Adjust(p), (p, alpha) => Sidak.Reject(p, alpha)),
        ["Holm"] = (p => Holm.Adjust(p), (p, alpha) => Holm.Reject(p, alpha)),
        ["Holm–Šidák"] = (p => HolmSidak.Adjust(p), (p, alpha) => HolmSidak.Reject(p, alpha)),
        ["Hochberg"] = (p => Hochberg.Adjust(p), (p, alpha) => Hochberg.Reject(p, alpha)),
        ["Hommel"] = (p => Hommel.Adjust(p), (p, alpha) => Hommel.Reject(p, alpha)),
        ["Benjamini–Hochberg"] = (p => BenjaminiHochberg.Adjust(p), (p, alpha) => BenjaminiHochberg.Reject(p, alpha)),
        ["Benjamini–Yekutieli"] = (p => BenjaminiYekutieli.Adjust(p), (p, alpha) => BenjaminiYekutieli.Reject(p, alpha)),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory, MemberData(nameof(Names))]
    public void No_hypotheses_give_an_empty_answer(string name)
    {
        Assert.Empty(Methods[name].Adjust([]));
        Assert.Empty(Methods[name].Reject([], .05));
    }

    [Theory, MemberData(nameof(Names))]
    public void One_p_value_stays_as_it_is(string name) => Assert.Equal(.03, Methods[name].Adjust([.03])[0], 1e-15);

    [Theory, MemberData(nameof(Names))]
    public void What_is_no_p_value_is_refused(string name)
    {
        foreach (double bad in (double[])[double.NaN, -.1, 1.1, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentException>(() => Methods[name].Adjust([.5, bad]));
            Assert.Throws<ArgumentException>(() => Methods[name].Reject([bad], .05));
        }
        foreach (double bad in (double[])[double.NaN, 0, 1]) { Assert.Throws<ArgumentOutOfRangeException>(() => Methods[name].Reject([.5], bad)); }
    }

    [Theory, MemberData(nameof(Names))]
    public void An_adjusted_p_value_is_a_p_value_no_smaller_than_before(string name) => PValues.Sample(p =>
    {
        double[] adjusted = Methods[name].Adjust(p);
        return adjusted.Length == p.Length && adjusted.Zip(p).All(pair => pair.First <= 1 && pair.First >= pair.Second * (1 - 1e-14));
    });

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_the_hypotheses_does_not_matter(string name) => Gen.Select(PValues, Gen.ULong).Sample((p, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, p.Length)];
        new SplitMix64(seed).Shuffle(order);
        double[] adjusted = Methods[name].Adjust(p), shuffled = Methods[name].Adjust([.. order.Select(i => p[i])]);
        return order.Select((from, to) => Math.Abs(adjusted[from] - shuffled[to]) < 1e-12).All(same => same);
    });

    [Theory, MemberData(nameof(Names))]
    public void Rejection_agrees_with_the_adjusted_p_value(string name) => Gen.Select(PValues, Gen.Double[.001, .5]).Sample((p, alpha) =>
    {
        double[] adjusted = Methods[name].Adjust(p);
        bool[] rejected = Methods[name].Reject(p, alpha);
        return adjusted.Zip(rejected).All(pair => pair.Second == pair.First <= alpha || Math.Abs(pair.First - alpha) < 1e-12);
    });

    [Fact] // property: from the strictest to the most lenient
    public void Each_method_rejects_all_that_a_stricter_one_does() => PValues.Sample(p =>
    {
        double[][] ordered =
            [Bonferroni.Adjust(p), Holm.Adjust(p), Hochberg.Adjust(p), Hommel.Adjust(p), BenjaminiHochberg.Adjust(p)];
        return Enumerable.Range(1, ordered.Length - 1).All(i => ordered[i - 1].Zip(ordered[i]).All(pair => pair.Second <= pair.First + 1e-12))
            && BenjaminiYekutieli.Adjust(p).Zip(ordered[^1]).All(pair => pair.First >= pair.Second - 1e-12);
    });

    [Theory, MemberData(nameof(Names))] // calibration: all nulls true, independent
    public void With_only_true_nulls_a_false_rejection_is_as_rare_as_promised(string name)
    {
        var chance = new SplitMix64(SplitMix64.SeedFrom(40, (ulong)name.Length));
        int wrong = 0;
        const int runs = 2_000;
        for (int run = 0; run < runs; run++)
        {
            double[] p = [.. Enumerable.Range(0, 20).Select(_ => chance.NextDouble())];
            if (Methods[name].Reject(p, .05).Any(rejected => rejected)) { wrong++; }
        }
        Assert.InRange(wrong / (double)runs, 0, .05 + 4 * Math.Sqrt(.05 * .95 / runs));
    }
}
