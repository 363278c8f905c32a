namespace Bellwether.Statistics.Summaries;

/// <summary>Turns values into integers of one unit u = 2^exponent, so that sums are exact in any order.</summary>
internal static class NumericScale
{
    /// <summary>A scaled value lies in [−2^43, 2^43]; beyond, it is clamped and the clamp is counted.</summary>
    public const long Limit = 1L << 43;

    /// <summary>Offsets within a bin are in units of u·2^10.</summary>
    public const int OffsetShift = 10;

    private const long OffsetLimit = Limit >> OffsetShift;

    /// <summary>
    /// ⌊log2 σ⌋ − 20, unless the largest reference value would then exceed 2^41 units, as for a timestamp: then ⌊log2 max|x|⌋ − 40. A constant
    /// takes only the second rule, and a column of zeros or without finite values −20.
    /// </summary>
    /// <param name="sigma">Standard deviation of the reference; ≥ 0 or NaN.</param>
    /// <param name="largest">Largest finite absolute value of the reference.</param>
    public static int Exponent(double sigma, double largest)
    {
        int? byMagnitude = largest > 0 && double.IsFinite(largest) ? Math.ILogB(largest) - 40 : null;
        int? bySpread = sigma > 0 && double.IsFinite(sigma) ? Math.ILogB(sigma) - 20 : null;
        return (bySpread, byMagnitude) switch
        {
            ({ } spread, { } magnitude) => Math.Max(spread, magnitude),
            (null, { } magnitude) => magnitude,
            ({ } spread, null) => spread,
            _ => -20,
        };
    }

    /// <summary>round(x/u), half to even; scaling by a power of two is exact.</summary>
    public static long Scale(double value, int exponent, out bool clamped) =>
        Clamp(Math.Round(Math.ScaleB(value, -exponent)), Limit, out clamped);

    /// <summary>round((x − anchor)/(u·2^10)), clamped like a value.</summary>
    public static long Offset(double value, double anchor, int exponent) =>
        Clamp(Math.Round(Math.ScaleB(value - anchor, -exponent - OffsetShift)), OffsetLimit, out _);

    private static long Clamp(double units, long limit, out bool clamped)
    {
        clamped = !(Math.Abs(units) <= limit);
        if (double.IsNaN(units)) { return 0; }
        return (long)Math.Clamp(units, -limit, limit);
    }
}
