namespace Bellwether.Statistics.Performance;

/// <summary>Intervals of what is computed from two independent estimates, from their own ("method of variance estimates recovery").</summary>
/// <remarks>
/// Keeps coverage where shares are near 0 or 1, unlike a normal interval. Sources: R. G. Newcombe, Stat. Med. 17(8), 1998 (method 10, of shares);
/// G. Y. Zou, A. Donner, Stat. Med. 27(10), 2008; A. Donner, G. Y. Zou, Stat. Methods Med. Res. 21(4), 2012 (ratios).
/// </remarks>
internal static class Contrast
{
    /// <summary>left − right.</summary>
    public static Estimate Difference(Estimate left, Estimate right) => new(
        left.Value - right.Value,
        left.Value - right.Value - Length(left.Value - left.Low, right.High - right.Value),
        left.Value - right.Value + Length(left.High - left.Value, right.Value - right.Low),
        MeasureState.Ok);

    /// <summary>(left + right)/2.</summary>
    public static Estimate Mean(Estimate left, Estimate right)
    {
        double value = (left.Value + right.Value) / 2;
        return new Estimate(
            value,
            value - Length(left.Value - left.Low, right.Value - right.Low) / 2,
            value + Length(left.High - left.Value, right.High - right.Value) / 2,
            MeasureState.Ok);
    }

    /// <summary>left / right, both ≥ 0: infinite over 0, NaN of 0 over 0; the upper end is infinite where 0 is among the values of right.</summary>
    public static Estimate Ratio(Estimate left, Estimate right)
    {
        double value = left.Value / right.Value;
        if (double.IsNaN(value)) { return Estimate.CannotTell(MeasureState.OneClass); }
        double low = 0, high = double.PositiveInfinity;
        double product = left.Value * right.Value;
        if (right.High > 0)
        {
            double square = product * product - left.Low * right.High * (2 * left.Value - left.Low) * (2 * right.Value - right.High);
            double below = right.High * (2 * right.Value - right.High);
            low = below != 0 ? (product - Math.Sqrt(Math.Max(0, square))) / below : 0;
        }
        double above = right.Low * (2 * right.Value - right.Low);
        if (above > 0)
        {
            double square = product * product - left.High * right.Low * (2 * left.Value - left.High) * (2 * right.Value - right.Low);
            high = (product + Math.Sqrt(Math.Max(0, square))) / above;
        }
        return new Estimate(value, Math.Clamp(low, 0, value), Math.Max(high, value), MeasureState.Ok);
    }

    private static double Length(double a, double b) => Math.Sqrt(a * a + b * b);
}
