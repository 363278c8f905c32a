using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The generated inputs of golden cases, checked against their digests before anything is compared.</summary>
internal static class GoldenRandom
{
    /// <summary>The stream <c>irwin()·scale + shift</c> of a seed: one multiplication and one addition a value, not fused.</summary>
    public static double[] Irwin(ulong seed, int count, double scale, double shift)
    {
        var chance = new SplitMix64(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double scaled = chance.NextNormal() * scale;
            values[i] = scaled + shift;
        }
        return values;
    }

    /// <summary>Fails where the values are not those that the case's outputs were computed from.</summary>
    public static double[] Checked(double[] values, JsonElement inputs)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++) { BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]); }
        Assert.Equal(inputs.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return values;
    }
}
