using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>Student's t with a noncentral mean: (Z + δ)/√(χ²ᵥ/ν).</summary>
/// <remarks>
/// Integrates the normal tail over the density of u = ln √(χ²ᵥ/ν) by the trapezoidal rule, which converges exponentially for such smooth,
/// fast-decaying integrands: about 12 digits. Source of the rule: L. N. Trefethen, J. A. C. Weideman, SIAM Review 56(3), 2014.
/// </remarks>
internal static class NoncentralT
{
    /// <summary>P(T > t) for ν > 0 degrees of freedom, whole or not.</summary>
    public static double UpperTail(double t, double freedom, double noncentrality)
    {
        double half = freedom / 2;
        double constant = Math.Log(2) + half * Math.Log(half) - SpecialFunctions.GammaLn(half);
        // Fine enough for the density (width 1/√2ν) and for the normal tail, which is as steep as |t|.
        double step = Math.Min(.4 / Math.Sqrt(2 * freedom), .25 / Math.Max(1, Math.Abs(t)));
        double sum = 0;
        for (int direction = -1; direction <= 1; direction += 2)
        {
            for (int i = direction < 0 ? 1 : 0; ; i++)
            {
                double u = direction * i * step;
                double density = Math.Exp(constant + freedom * u - half * Math.Exp(2 * u));
                sum += density * Normal.Cumulative(noncentrality - t * Math.Exp(u));
                if (i > 0 && density < 1e-17) { break; }
            }
        }
        return Math.Clamp(sum * step, 0, 1);
    }

    /// <summary>P(T &lt; t).</summary>
    public static double LowerTail(double t, double freedom, double noncentrality) => UpperTail(-t, freedom, -noncentrality);
}
