using System.Security.Cryptography;
using System.Text.Json;
using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The stream of a detector case, generated or unpacked, and checked against its digest.</summary>
internal static class DetectorStream
{
    public static double[] Of(GoldenCase golden)
    {
        var inputs = golden.Inputs;
        if (!inputs.TryGetProperty("gen", out var generator)) { return Unpacked(golden.File.Stream); }
        var chance = new SplitMix64(inputs.GetProperty("seed").GetUInt64());
        var segments = inputs.GetProperty("segments").EnumerateArray();
        return generator.GetString() switch
        {
            "splitmix64.bernoulli" => CheckedBits([.. segments.SelectMany(segment => Bernoulli(chance, segment))], inputs),
            "splitmix64.irwin" => GoldenRandom.Checked([.. segments.SelectMany(segment => Irwin(chance, segment))], inputs),
            var other => throw new InvalidDataException($"Unknown generator {other}."),
        };
    }

    private static IEnumerable<double> Bernoulli(SplitMix64 chance, JsonElement segment)
    {
        int n = segment[0].GetInt32();
        double start = segment[1].GetDouble(), end = segment[2].GetDouble();
        for (int k = 0; k < n; k++)
        {
            double p = start == end ? start : start + (end - start) * k / n;
            yield return chance.NextDouble() < p ? 1 : 0;
        }
    }

    private static IEnumerable<double> Irwin(SplitMix64 chance, JsonElement segment)
    {
        int n = segment[0].GetInt32();
        double mean = segment[1].GetDouble(), deviation = segment[2].GetDouble();
        for (int k = 0; k < n; k++)
        {
            double scaled = chance.NextNormal() * deviation;
            yield return scaled + mean;
        }
    }

    private static double[] Unpacked(JsonElement stream)
    {
        byte[] packed = stream.GetProperty("bits_base64").GetBytesFromBase64();
        double[] bits = new double[stream.GetProperty("n").GetInt32()];
        for (int i = 0; i < bits.Length; i++) { bits[i] = packed[i / 8] >> (7 - i % 8) & 1; }
        Assert.Equal(stream.GetProperty("ones").GetInt32(), bits.Sum());
        return bits;
    }

    private static double[] CheckedBits(double[] bits, JsonElement inputs)
    {
        Assert.Equal(inputs.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData([.. bits.Select(bit => (byte)bit)])));
        return bits;
    }
}
