using System.Numerics;
using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>Kolmogorov's two-sided statistic of one sample: the law of Dₙ = sup|Fₙ − F| for n independent values of a continuous F.</summary>
/// <remarks>
/// The choice of formula follows Simard and L'Ecuyer, and so scipy's <c>kstwo</c>: exact for n ≤ 140; beyond, twice Smirnov's one-sided
/// law in the tail (it counts the paths that cross both bounds twice: below 5e-8 there) and Pelz and Good's expansion in the body (where it
/// errs by less than 1e-7 from some 700 values on and 2e-6 from 140; Durbin's formula takes its place where that is cheap). Unlike there no
/// formula takes more than some 50 µs (a few from 700 values on), whatever n: see <see cref="Smirnov"/>.
/// Sources: R. Simard and P. L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution", J. Stat. Softw. 39(11), 2011;
/// W. Pelz and I. J. Good, J. R. Stat. Soc. B 38(2), 1976; J. Durbin, "Distribution theory for tests based on the sample distribution
/// function", SIAM, 1973.
/// </remarks>
internal static class Kolmogorov
{
    private const int Small = 140;

    /// <summary>From here on Durbin's exact formula would cost more than Pelz and Good's expansion errs.</summary>
    private const int ExpansionSuffices = 700;

    /// <summary>1/i! from here on is below an ulp of what it would be added to.</summary>
    private const int Negligible = 26;

    /// <summary>P(Dₙ ≥ x).</summary>
    /// <param name="n">At least 1.</param>
    /// <param name="x">Any number; at 1/(2n) and below the result is 1, at 1 and above 0.</param>
    public static double Survival(long n, double x)
    {
        double scaled = n * x, square = scaled * x;
        if (x >= 1) { return 0; }
        if (scaled <= .5) { return 1; }
        if (scaled <= 1) { return 1 - Math.Exp(LogFactorialOverPower(n) + (n * Math.Log((2 * scaled) - 1))); }
        if (scaled >= n - 1) { return 2 * Math.Pow(1 - x, n); }
        if (x >= .5 || square > (n <= Small ? 4 : 2.2)) { return Math.Min(1, 2 * Smirnov.Survival(n, x)); }
        if (square < .03) { return 1; } // Below it by less than 1e-17.
        bool durbin = n <= Small || (n <= ExpansionSuffices && square > .09 && scaled * Math.Sqrt(x) <= 1.4);
        return Math.Clamp(1 - (durbin ? Durbin(n, x) : PelzGood(n, x)), 0, 1);
    }

    /// <summary>lim P(√n·Dₙ ≥ z) as n grows.</summary>
    /// <remarks>Source: A. N. Kolmogorov, 1933; both forms of his series, each where it converges in a few terms.</remarks>
    public static double LimitSurvival(double z)
    {
        if (z <= .04) { return 1; }
        double sum = 0;
        if (z < 1)
        {
            double q = Math.PI * Math.PI / (8 * z * z);
            for (int k = 1; k <= 9; k += 2) { sum += Math.Exp(-k * k * q); }
            return 1 - (Constants.Sqrt2Pi / z * sum);
        }
        for (int k = 1; k <= 6; k++) { sum += (k % 2 == 1 ? 1 : -1) * Math.Exp(-2 * k * k * z * z); }
        return Math.Min(1, 2 * sum);
    }

    /// <summary>P(Dₙ &lt; x) as an entry of the nth power of a matrix of 2⌈nx⌉ − 1 rows, of which only one column is needed.</summary>
    internal static double Durbin(long n, double x)
    {
        int k = (int)Math.Ceiling(n * x), size = (2 * k) - 1;
        double rest = k - (n * x);
        Span<double> inverseFactorials = stackalloc double[size + 1]; // Of i at place i.
        inverseFactorials[0] = 1;
        for (int i = 1; i <= size; i++) { inverseFactorials[i] = inverseFactorials[i - 1] / i; }
        Span<double> first = stackalloc double[size], column = stackalloc double[size], next = stackalloc double[size];
        for (int i = 0; i < size; i++) { first[i] = (1 - Math.Pow(rest, i + 1)) * inverseFactorials[i + 1]; }
        double corner = (1 - (2 * Math.Pow(rest, size)) + Math.Pow(Math.Max(0, (2 * rest) - 1), size)) * inverseFactorials[size];
        column.Clear();
        column[k - 1] = 1;
        double scale = Math.Exp(LogFactorialOverPower(n) / n); // n!/nⁿ, a factor at a time.
        for (long power = 0; power < n; power++)
        {
            // Element (i, j) of the matrix is 1/(i − j + 1)! on and below the first upper diagonal, but for the first column and the last row.
            next.Clear();
            AddScaled(first, column[0] * scale, next);
            double last = corner * column[0];
            for (int j = 1; j < size; j++)
            {
                int length = Math.Min(size - j, Negligible); // All rows but the last.
                AddScaled(inverseFactorials[..length], column[j] * scale, next.Slice(j - 1, length));
                last += first[size - 1 - j] * column[j];
            }
            next[size - 1] = last * scale;
            var swap = column;
            column = next;
            next = swap;
        }
        return column[k - 1];
    }

    /// <summary>target += factor·values, each element by itself, so that the result does not depend on the width of a vector.</summary>
    private static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> target)
    {
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target[i..]) + (new Vector<double>(values[i..]) * factor)).CopyTo(target[i..]);
        }
        for (; i < values.Length; i++) { target[i] += values[i] * factor; }
    }

    /// <summary>P(Dₙ &lt; x) by an expansion in powers of 1/√n up to the third, each term a theta series.</summary>
    internal static double PelzGood(long n, double x)
    {
        const double Pi2 = Math.PI * Math.PI, Pi4 = Pi2 * Pi2, Pi6 = Pi4 * Pi2;
        double z = Math.Sqrt(n) * x, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0;
        for (int m = 1; ; m += 2)
        {
            double m2 = (double)m * m, m4 = m2 * m2, weight = Math.Exp(-Pi2 * m2 / (8 * z2));
            if (weight * m4 * m2 < 1e-20) { break; }
            k0 += weight;
            k1 += weight * ((Pi2 * m2 / 4) - z2);
            k2 += weight * ((6 * z6) + (2 * z4) + (Pi2 * m2 / 4 * ((2 * z4) - (5 * z2))) + (Pi4 * m4 / 16 * (1 - (2 * z2))));
            k3 += weight * ((Pi6 * m4 * m2 / 64 * (5 - (30 * z2))) + (Pi4 * m4 / 16 * ((212 * z4) - (60 * z2)))
                + (Pi2 * m2 / 4 * ((135 * z4) - (96 * z6))) - (30 * z6) - (90 * z8));
        }
        k0 /= z;
        k1 /= 6 * z4;
        k2 /= 72 * z6 * z;
        k3 /= 6480 * z8 * z2;
        for (int m = 1; ; m++)
        {
            double m2 = (double)m * m, weight = Math.Exp(-Pi2 * m2 / (2 * z2)) * Pi2 * m2;
            if (weight * m2 < 1e-20) { break; }
            k2 -= weight / (36 * z2 * z);
            k3 += weight * ((3 * z2) - (Pi2 * m2)) / (216 * z6);
        }
        double root = Math.Sqrt(n);
        return Constants.Sqrt2Pi * (k0 + (k1 / root) + (k2 / n) + (k3 / (n * root)));
    }

    /// <summary>ln(n!/nⁿ).</summary>
    private static double LogFactorialOverPower(long n) => SpecialFunctions.GammaLn(n + 1.0) - (n * Math.Log(n));
}
