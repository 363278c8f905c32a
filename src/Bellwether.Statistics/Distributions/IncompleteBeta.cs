using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>The regularised incomplete beta function and its inverse, also for parameters in the millions.</summary>
/// <remarks>
/// MathNet's continued fraction stops after 140 terms, too few near the mean once a + b passes about 10⁴. Lentz's evaluation as in W. H. Press et
/// al., "Numerical Recipes", §6.4. Relative error about 10⁻¹³ for parameters to 10³, growing like (a + b)·10⁻¹⁵.
/// </remarks>
internal static class IncompleteBeta
{
    /// <summary>P(B ≤ x) for a beta variable with a, b > 0 and x in [0, 1].</summary>
    public static double Of(double a, double b, double x)
    {
        if (x <= 0) { return 0; }
        if (x >= 1) { return 1; }
        double front = Math.Exp(a * Math.Log(x) + b * SmallArguments.LogOnePlus(-x) - SpecialFunctions.BetaLn(a, b));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>The x with P(B ≤ x) = p, p in (0, 1), by bisection.</summary>
    public static double Inverse(double a, double b, double p)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 1_100; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) { break; }
            if (Of(a, b, middle) < p) { low = middle; } else { high = middle; }
            if (high - low <= 1e-16 * high) { break; }
        }
        return (low + high) / 2;
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.Abs(d) < tiny ? tiny : d);
        double value = d;
        for (int m = 1; m < 1_000_000; m++)
        {
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            double change = Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
            if (Math.Abs(change - 1) < 1e-15) { break; }
        }
        return value;

        double Step(double term)
        {
            d = 1 + term * d;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            if (Math.Abs(c) < tiny) { c = tiny; }
            double change = c * d;
            value *= change;
            return change;
        }
    }
}
