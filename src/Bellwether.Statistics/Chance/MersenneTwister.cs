namespace Bellwether.Statistics.Chance;

/// <summary>The 32-bit Mersenne Twister with NumPy's shuffle, for answers that must agree with tools built on them. Elsewhere use <see cref="SplitMix64"/>.</summary>
/// <remarks>Source: M. Matsumoto, T. Nishimura, ACM TOMACS 8(1), 1998. The first number of seed 5489 is 3499211612, the ten-thousandth 4123659995.</remarks>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Shift = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++) { _state[i] = unchecked(1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i); }
    }

    public uint Next()
    {
        if (_next == Size) { Twist(); }
        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    /// <summary>Uniform in [0, <paramref name="max"/>], by drawing the bits needed until they fit.</summary>
    public int NextUpTo(int max)
    {
        if (max == 0) { return 0; }
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)max);
        uint value;
        do { value = Next() & mask; } while (value > (uint)max);
        return (int)value;
    }

    /// <summary>Shuffles in place from the end (Fisher and Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextUpTo(i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>0 … n − 1 shuffled.</summary>
    public int[] Permutation(int n)
    {
        int[] values = [.. Enumerable.Range(0, n)];
        Shuffle(values);
        return values;
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        _next = 0;
    }
}
