using System.Numerics;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Python's <c>random.Random(seed).sample</c>, draw by draw, so that what River draws can be drawn here.</summary>
/// <remarks>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; the sampling is CPython's.</remarks>
internal sealed class PythonRandom
{
    private const int Size = 624, Middle = 397;
    private readonly uint[] _words = new uint[Size];
    private int _next;

    public PythonRandom(long seed) => Seed(seed);

    public void Seed(long seed)
    {
        ulong magnitude = seed < 0 ? 0UL - (ulong)seed : (ulong)seed;
        Span<uint> key = [(uint)magnitude, (uint)(magnitude >> 32)];
        if (key[1] == 0) { key = key[..1]; }
        unchecked
        {
            Fill(19650218);
            int i = 1;
            for (int k = 0; k < Size; k++)
            {
                int j = k % key.Length;
                _words[i] = (_words[i] ^ (Twisted(i) * 1664525)) + key[j] + (uint)j;
                i = Following(i);
            }
            for (int k = 1; k < Size; k++)
            {
                _words[i] = (_words[i] ^ (Twisted(i) * 1566083941)) - (uint)i;
                i = Following(i);
            }
        }
        _words[0] = 0x80000000;
        _next = Size;
    }

    /// <summary>Draws distinct numbers of [0, <paramref name="population"/>), as many as there is room for.</summary>
    public void Sample(int population, Span<int> into)
    {
        double pool = 21;
        if (into.Length > 5) { pool += Math.Pow(4, Math.Ceiling(Math.Log(into.Length * 3) / Math.Log(4))); }
        if (population <= pool)
        {
            Span<int> left = stackalloc int[512];
            left = population <= left.Length ? left[..population] : new int[population];
            for (int i = 0; i < population; i++) { left[i] = i; }
            for (int i = 0; i < into.Length; i++)
            {
                int j = Below(population - i);
                into[i] = left[j];
                left[j] = left[population - i - 1];
            }
            return;
        }
        for (int i = 0; i < into.Length; i++)
        {
            int drawn;
            do { drawn = Below(population); } while (into[..i].Contains(drawn));
            into[i] = drawn;
        }
    }

    public void Write(ByteWriter writer)
    {
        foreach (uint word in _words) { writer.Count(word); }
        writer.Count(_next);
    }

    public void Read(ref ByteReader reader)
    {
        for (int i = 0; i < Size; i++) { _words[i] = (uint)reader.Count(); }
        _next = reader.Small();
        if (_next > Size) { throw new InvalidDataException($"Expected a place among {Size} words, got {_next}."); }
    }

    private void Fill(uint seed)
    {
        _words[0] = seed;
        for (int i = 1; i < Size; i++) { _words[i] = unchecked(Twisted(i) * 1812433253 + (uint)i); }
    }

    private uint Twisted(int i) => _words[i - 1] ^ (_words[i - 1] >> 30);

    /// <summary>The place after, going round by way of 1, with the last word carried to the first.</summary>
    private int Following(int i)
    {
        if (++i < Size) { return i; }
        _words[0] = _words[Size - 1];
        return 1;
    }

    private int Below(int bound)
    {
        int bits = 32 - BitOperations.LeadingZeroCount((uint)bound);
        uint drawn;
        do { drawn = Next() >> (32 - bits); } while (drawn >= bound);
        return (int)drawn;
    }

    private uint Next()
    {
        if (_next >= Size) { Twist(); }
        uint y = _words[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_words[i] & 0x80000000) | (_words[(i + 1) % Size] & 0x7FFFFFFF);
            _words[i] = _words[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }
        _next = 0;
    }
}
