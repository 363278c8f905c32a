using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    /// <summary>P(T &gt; t), with full relative accuracy in the tail.</summary>
    /// <param name="t">Any number; infinities give 0 and 1.</param>
    /// <param name="degreesOfFreedom">Above 0, need not be whole; NaN gives NaN.</param>
    public static double Survival(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t) || double.IsNaN(degreesOfFreedom)) { return double.NaN; }
        if (double.IsInfinity(t)) { return t > 0 ? 0 : 1; }
        double tail = UpperTail(Math.Abs(t), degreesOfFreedom);
        return t >= 0 ? tail : 1 - tail;
    }

    /// <summary>P(|T| &gt; |t|).</summary>
    public static double TwoSided(double t, double degreesOfFreedom) =>
        double.IsNaN(t) || double.IsNaN(degreesOfFreedom) ? double.NaN
        : double.IsInfinity(t) ? 0
        : 2 * UpperTail(Math.Abs(t), degreesOfFreedom);

    /// <summary>The t with P(T ≤ t) = <paramref name="p"/>, p in (0, 1).</summary>
    public static double Quantile(double p, double degreesOfFreedom) =>
        MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degreesOfFreedom, p);

    private static double UpperTail(double t, double degreesOfFreedom)
    {
        double square = t * t;
        // ν / (ν + t²) is near 1 for small t, where its distance from 1 carries the digits.
        return square < degreesOfFreedom
            ? (1 - SpecialFunctions.BetaRegularized(.5, degreesOfFreedom / 2, square / (degreesOfFreedom + square))) / 2
            : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, .5, degreesOfFreedom / (degreesOfFreedom + square)) / 2;
    }
}
