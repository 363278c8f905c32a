using System.Globalization;
using System.Text.RegularExpressions;
using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Makes the streams of sketch cases from their description in words.</summary>
internal static partial class SketchStream
{
    public static double[] Numbers(string stream, int n)
    {
        var chance = new SplitMix64(Seed(stream));
        Func<int, double> at = stream switch
        {
            _ when stream.StartsWith("value i ", StringComparison.Ordinal) => i => i,
            _ when stream.StartsWith("value n-1-i", StringComparison.Ordinal) => i => n - 1 - i,
            _ when stream.StartsWith("u(), ", StringComparison.Ordinal) => _ => chance.NextDouble(),
            _ when stream.StartsWith("irwin(), ", StringComparison.Ordinal) => _ => chance.NextNormal(),
            _ when FlooredUniform().Match(stream) is { Success: true } floored => Floored(chance, Number(floored, 1)),
            _ when Zipf().Match(stream) is { Success: true } zipf => Zipfian(chance, Number(zipf, 1), (int)Number(zipf, 2)),
            _ when stream.StartsWith("1/(1-u())", StringComparison.Ordinal) => _ => 1 / (1 - chance.NextDouble()),
            _ when stream.StartsWith("u() plus 10 from index n/2 on", StringComparison.Ordinal) => i => chance.NextDouble() + (i >= n / 2 ? 10 : 0),
            _ when stream.StartsWith("u() - 0.5 scaled 1e-3 for even i, 1e6*(u()-0.5) for odd i", StringComparison.Ordinal) =>
                i => i % 2 == 0 ? (chance.NextDouble() - .5) * 1e-3 : 1e6 * (chance.NextDouble() - .5),
            _ => throw new NotSupportedException(stream),
        };
        double[] values = new double[n];
        for (int i = 0; i < n; i++) { values[i] = at(i); }
        return values;
    }

    public static string[] Texts(string stream, int n)
    {
        var chance = new SplitMix64(Seed(stream));
        var names = Names().Match(stream);
        ulong kinds = ulong.Parse(names.Groups[2].Value, CultureInfo.InvariantCulture);
        string[] values = new string[n];
        for (int i = 0; i < n; i++) { values[i] = string.Create(CultureInfo.InvariantCulture, $"{names.Groups[1].Value}{chance.Next() % kinds}"); }
        return values;
    }

    private static Func<int, double> Floored(SplitMix64 chance, double kinds) => _ => Math.Floor(chance.NextDouble() * kinds);

    private static Func<int, double> Zipfian(SplitMix64 chance, double exponent, int kinds)
    {
        double[] cumulative = new double[kinds];
        double sum = 0;
        for (int j = 1; j <= kinds; j++)
        {
            sum += exponent == 1 ? 1.0 / j : 1.0 / Math.Pow(j, exponent);
            cumulative[j - 1] = sum;
        }
        return _ =>
        {
            double drawn = chance.NextDouble() * sum;
            int low = 0, high = kinds;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (cumulative[middle] <= drawn) { low = middle + 1; } else { high = middle; }
            }
            return 1 + low;
        };
    }

    private static ulong Seed(string stream) =>
        SeedNumber().Match(stream) is { Success: true } match ? ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"seed (\d+)")]
    private static partial Regex SeedNumber();

    [GeneratedRegex(@"^floor\(u\(\)\*([0-9.e+]+)\)")]
    private static partial Regex FlooredUniform();

    [GeneratedRegex(@"^zipf with exponent ([0-9.]+) over 1\.\.(\d+)")]
    private static partial Regex Zipf();

    [GeneratedRegex(@"^strings ""([^""]*)""\+decimal\(next\(\) mod (\d+)\)")]
    private static partial Regex Names();
}
