using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bellwether.Statistics.Summaries;

/// <summary>Exact sums of a few hundred values in units of 2^exponent, eight values at a time.</summary>
/// <remarks>
/// All arithmetic is on whole numbers that a double holds exactly, so lanes may be added in any order: a value has at most 2^43 units, and its
/// square is the sum of three products of halves below 2^44, of which 512 fit beside the sign.
/// </remarks>
internal readonly record struct UnitSums(Int128 Sum, Int128 Squares, long Clamped, double Minimum, double Maximum)
{
    /// <summary>Most values at once.</summary>
    public const int Most = 256;

    private const double Half = 1L << 22;

    /// <summary>Whether scaling by the exponent is one exact multiplication, and the machine has the instructions.</summary>
    public static bool IsSupported(int exponent) => Avx512F.IsSupported && exponent is > -1_000 and < 1_000;

    /// <param name="values">A multiple of eight, at most <see cref="Most"/>, none NaN, none −0.</param>
    /// <param name="exponent">As <see cref="IsSupported"/> asks.</param>
    public static UnitSums Of(ReadOnlySpan<double> values, int exponent)
    {
        var factor = Vector512.Create(Math.ScaleB(1, -exponent));
        var limit = Vector512.Create((double)NumericScale.Limit);
        Vector512<double> sum = Vector512<double>.Zero, high2 = sum, cross = sum, low2 = sum;
        var clamped = Vector512<long>.Zero;
        Vector512<double> minimum = Vector512.Create(double.PositiveInfinity), maximum = Vector512.Create(double.NegativeInfinity);
        for (int at = 0; at < values.Length; at += 8)
        {
            var value = Vector512.Create(values[at..]);
            minimum = Avx512F.Min(minimum, value);
            maximum = Avx512F.Max(maximum, value);
            var units = Avx512F.RoundScale(value * factor, 0); // Half to even.
            var size = Vector512.Abs(units);
            clamped -= Vector512.GreaterThan(size, limit).AsInt64();
            size = Avx512F.Min(size, limit);
            sum += Avx512F.Max(Avx512F.Min(units, limit), -limit);
            var high = Avx512F.RoundScale(size * Vector512.Create(1 / Half), 3); // Towards zero.
            var low = size - high * Half;
            high2 += high * high;
            cross += high * low;
            low2 += low * low;
        }
        Int128 squares = ((Int128)Whole(high2) << 44) + ((Int128)Whole(cross) << 23) + Whole(low2);
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        for (int lane = 0; lane < 8; lane++) { (smallest, largest) = (Math.Min(smallest, minimum[lane]), Math.Max(largest, maximum[lane])); }
        return new UnitSums(Whole(sum), squares, Vector512.Sum(clamped), smallest, largest);
    }

    private static long Whole(Vector512<double> lanes)
    {
        long sum = 0;
        for (int lane = 0; lane < 8; lane++) { sum += (long)lanes[lane]; }
        return sum;
    }
}
