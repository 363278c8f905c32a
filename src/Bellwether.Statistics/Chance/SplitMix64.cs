namespace Bellwether.Statistics.Chance;

/// <summary>A small generator of pseudo-random numbers whose digits are the same on every platform and release.</summary>
/// <remarks>
/// Not for secrets. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// Not thread-safe.
/// </remarks>
/// <param name="seed">Derive it from what is computed, see <see cref="SeedFrom"/>; any value is good.</param>
public sealed class SplitMix64(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state = unchecked(_state + Golden);
        return Mix(_state);
    }

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Roughly standard normal: the sum of twelve uniforms less 6 (Irwin–Hall), in (−6, 6).</summary>
    /// <remarks>Only additions, so that the digits do not depend on a platform's logarithm. Tails beyond 4 σ are too thin.</remarks>
    public double NextNormal()
    {
        double sum = 0;
        for (int i = 0; i < 12; i++) { sum += NextDouble(); }
        return sum - 6;
    }

    /// <summary>Uniform in [0, <paramref name="max"/>), without bias (Lemire's rejection).</summary>
    /// <param name="max">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is below 1.</exception>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ulong bound = (ulong)max, unfair = unchecked(0UL - bound) % bound;
        while (true)
        {
            ulong high = Math.BigMul(Next(), bound, out ulong low);
            if (low >= unfair) { return (int)high; }
        }
    }

    /// <summary>A seed for a task from the numbers that name it, in their order.</summary>
    /// <param name="parts">For instance a model's id and a window's ordinal.</param>
    public static ulong SeedFrom(params ReadOnlySpan<ulong> parts)
    {
        ulong seed = Golden;
        foreach (ulong part in parts) { seed = Mix(unchecked((seed ^ part) + Golden)); }
        return seed;
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
