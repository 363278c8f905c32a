namespace Bellwether.Statistics.Drift;

/// <summary>The arcsine angle of a share, in which sampling noise has the same size everywhere.</summary>
/// <remarks>
/// Differences of angle are Cohen's h. A shift of a normal by .25 σ moves the share below its median by h = .20.
/// Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 2nd ed., 1988, chapter 6.
/// </remarks>
public static class Angle
{
    /// <summary>Smallest rate a baseline may have; the largest is one minus it.</summary>
    internal const double SmallestRate = 1e-6;

    /// <summary>φ(p) = 2·asin√p.</summary>
    /// <param name="p">A share; clipped to [0, 1].</param>
    /// <returns>An angle in [0, π], rising with <paramref name="p"/>.</returns>
    public static double Of(double p) => 2 * Math.Asin(Math.Sqrt(Math.Clamp(p, 0, 1)));

    /// <summary>The share with an angle: sin²(h/2).</summary>
    /// <param name="h">An angle; clipped to [0, π].</param>
    /// <returns>A share in [0, 1].</returns>
    public static double Inverse(double h)
    {
        double sine = Math.Sin(Math.Clamp(h, 0, Math.PI) / 2);
        return sine * sine;
    }

    /// <summary>The share with an angle, kept away from 0 and 1 so that a baseline always has a variance.</summary>
    /// <param name="h">An angle; clipped to [0, π].</param>
    /// <returns>A share in [10⁻⁶, 1 − 10⁻⁶].</returns>
    public static double Rate(double h) => ClipRate(Inverse(h));

    internal static double ClipRate(double p) => Math.Clamp(p, SmallestRate, 1 - SmallestRate);
}
