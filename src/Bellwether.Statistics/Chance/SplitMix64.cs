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

    /// <summary>Puts the items into an order of which each is equally likely (Fisher–Yates, from the last position down). O(n).</summary>
    /// <param name="items">Any number of items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <inheritdoc cref="Shuffle{T}(Span{T})"/>
    public void Shuffle<T>(T[] items) => Shuffle(items.AsSpan());

    /// <summary>Different whole numbers below a bound, each set of them and each order equally likely. O(drawn).</summary>
    /// <remarks>Source: R. W. Floyd, in J. Bentley, "A sample of brilliance", Commun. ACM 30(9), 1987; then shuffled.</remarks>
    /// <param name="max">The numbers are in [0, max).</param>
    /// <param name="drawn">Filled with the numbers; at most <paramref name="max"/>.</param>
    /// <exception cref="ArgumentException">There are not so many different numbers.</exception>
    public void SampleWithoutReplacement(int max, Span<int> drawn)
    {
        if (drawn.Length > max) { throw new ArgumentException($"Cannot draw {drawn.Length} different numbers below {max}.", nameof(drawn)); }
        var seen = new HashSet<int>(drawn.Length);
        for (int i = 0; i < drawn.Length; i++)
        {
            int newest = max - drawn.Length + i, number = NextInt(newest + 1);
            drawn[i] = seen.Add(number) ? number : newest;
            seen.Add(drawn[i]);
        }
        Shuffle(drawn);
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
