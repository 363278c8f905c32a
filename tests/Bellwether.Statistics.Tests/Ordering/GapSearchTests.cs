using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Ordering;
using CsCheck;

namespace Bellwether.Statistics.Tests.Ordering;

public sealed class GapSearchTests
{
    private static readonly Dictionary<string, Func<SplitMix64, double>> Shapes = new()
    {
        ["normal"] = chance => chance.NextNormal(),
        ["long tails"] = chance => Math.Exp(3 * chance.NextNormal()),
        ["both tails long"] = chance => Math.Sinh(4 * chance.NextNormal()),
        ["rounded"] = chance => Math.Round(chance.NextNormal() * 4),
        ["mostly zero"] = chance => chance.NextDouble() < .9 ? 0 : chance.NextNormal(),
        ["constant"] = _ => 7.25,
        ["two far values"] = chance => chance.NextDouble() < .5 ? -1e300 : 1e300,
        ["huge range"] = chance => (chance.NextDouble() - .5) * 1.6e308,
        ["large offset"] = chance => 1e15 + Math.Round(chance.NextNormal() * 8),
        ["denormal"] = chance => Math.Round(chance.NextNormal() * 100) * double.Epsilon,
    };

    public static TheoryData<string> Names() => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Selection_finds_what_a_full_sort_finds(string shape)
    {
        foreach (var (n, m, shift) in ((int, int, double)[])[(9000, 5000, 0), (5000, 20_000, .01), (12_000, 12_000, 0), (8191, 1, 0), (1, 9000, .5)])
        {
            var chance = new SplitMix64((ulong)(n + m));
            double[] x = [.. Enumerable.Range(0, n).Select(_ => Shapes[shape](chance))];
            double[] y = [.. Enumerable.Range(0, m).Select(_ => Shapes[shape](chance) * (1 + shift))];
            Assert.Equal(BySorting(x, y), GapSearch.Between(x, y));
        }
    }

    [Fact]
    public void Sorting_by_bytes_sorts() => Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Int[-3, 3].Select(i => i * .1)).Array[0, 3000].Sample(values =>
    {
        double[] expected = [.. values.Select(value => value + 0.0).Order()], actual = [.. values];
        RadixSort.Sort(actual);
        return expected.AsSpan().SequenceEqual(actual);
    });

    private static DistributionGap BySorting(double[] x, double[] y)
    {
        double[] sortedX = [.. x.Order()], sortedY = [.. y.Order()];
        var scan = new GapScan(x.Length, y.Length);
        scan.Pass(sortedX, sortedY, 0, 0);
        return scan.Result();
    }
}
