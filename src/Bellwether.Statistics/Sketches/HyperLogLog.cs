using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>How many different values a stream has, from 2^p bytes.</summary>
/// <remarks>
/// Relative standard error 1.04/√2^p at every size (1.6 % at p = 12), without a table or a switch of estimators: the improved estimator of O. Ertl,
/// "New cardinality estimation algorithms for HyperLogLog sketches", arXiv 1702.01284, 2017, §2. The registers are those of P. Flajolet, É. Fusy,
/// O. Gandouet, F. Meunier, AofA 2007. Hash: XXH64 with seed 0, of the eight little-endian bytes of a double (−0 as 0) or of the UTF-8 bytes of a
/// text, so that a text and its bytes are the same value. No chance: equal sets of values give equal bytes, in any order and after any merges.
/// For few different values, or names with counts, use <see cref="FrequentTexts"/>. Not thread-safe.
/// </remarks>
public sealed class HyperLogLog
{
    /// <summary>Least precision.</summary>
    public const int LeastPrecision = 4;

    /// <summary>Largest precision.</summary>
    public const int MostPrecision = 18;

    private const byte FormatByte = 1;
    private readonly byte[] _registers;
    private readonly int _shift;

    /// <param name="precision">p in [4, 18]; 2^p bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The precision is outside its range.</exception>
    public HyperLogLog(int precision = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, LeastPrecision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MostPrecision);
        Precision = precision;
        _shift = 64 - precision;
        _registers = new byte[1 << precision];
    }

    /// <summary>p.</summary>
    public int Precision { get; }

    /// <summary>Standard error of <see cref="Estimate"/>, as a share of it.</summary>
    public double RelativeError => 1.04 / Math.Sqrt(_registers.Length);

    /// <summary>Adds a number.</summary>
    /// <param name="value">Not NaN; infinities are values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public void Update(double value)
    {
        if (double.IsNaN(value)) { throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number."); }
        AddHash(XxHash64.Of(BitConverter.DoubleToUInt64Bits(value + 0.0))); // −0 + 0 is 0.
    }

    /// <summary>Adds numbers.</summary>
    /// <param name="values">None is NaN.</param>
    /// <exception cref="ArgumentException">A value is NaN; those before it were added.</exception>
    public void Update(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) { throw new ArgumentException($"Value {i} is NaN.", nameof(values)); }
            AddHash(XxHash64.Of(BitConverter.DoubleToUInt64Bits(values[i] + 0.0)));
        }
    }

    /// <summary>Adds a text by its UTF-8 bytes. A lone surrogate counts as U+FFFD.</summary>
    public void Update(ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[512];
        UpdateUtf8(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
    }

    /// <summary>Adds a text given by its UTF-8 bytes.</summary>
    public void UpdateUtf8(ReadOnlySpan<byte> text) => AddHash(XxHash64.Of(text));

    /// <summary>How many different values were added, about. 0 for none. O(2^p).</summary>
    public double Estimate
    {
        get
        {
            int most = _shift + 1;
            Span<int> counts = stackalloc int[64 - LeastPrecision + 2];
            counts.Clear();
            foreach (byte register in _registers) { counts[register]++; }
            double m = _registers.Length, z = m * Tau(1 - counts[most] / m);
            for (int k = most - 1; k >= 1; k--) { z = (z + counts[k]) / 2; }
            z += m * Sigma(counts[0] / m);
            return m * m / (2 * Math.Log(2)) / z;
        }
    }

    /// <summary>Adds all values of another sketch: the result is that of one sketch that saw both streams.</summary>
    /// <exception cref="ArgumentException">The precisions differ.</exception>
    public void Merge(HyperLogLog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Precision != Precision) { throw new ArgumentException($"Expected precision {Precision}, got {other.Precision}.", nameof(other)); }
        for (int i = 0; i < _registers.Length; i++) { _registers[i] = Math.Max(_registers[i], other._registers[i]); }
    }

    /// <summary>The sketch as bytes: short while most registers are empty.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Byte((byte)Precision);
        writer.SparseCounts(Array.ConvertAll(_registers, register => (long)register));
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static HyperLogLog FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a distinct count");
        byte precision = reader.Byte();
        if (precision is < LeastPrecision or > MostPrecision) { throw new InvalidDataException($"Precision {precision} is out of range."); }
        var sketch = new HyperLogLog(precision);
        long[] registers = new long[sketch._registers.Length];
        reader.SparseCounts(registers);
        reader.End();
        for (int i = 0; i < registers.Length; i++)
        {
            if (registers[i] > sketch._shift + 1) { throw new InvalidDataException($"Register {i} is out of range."); }
            sketch._registers[i] = (byte)registers[i];
        }
        return sketch;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddHash(ulong hash)
    {
        // The bit set below the index bounds the run of zeros by 64 − p.
        byte rank = (byte)(BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1);
        ref byte register = ref _registers[(int)(hash >> _shift)];
        if (rank > register) { register = rank; }
    }

    private static double Sigma(double x)
    {
        if (x == 1) { return double.PositiveInfinity; }
        double y = 1, z = x, before;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z != before);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1) { return 0; }
        double y = 1, z = 1 - x, before;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y /= 2;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != before);
        return z / 3;
    }
}
