using MathNet.Numerics;

namespace Bellwether.Statistics.Distributions;

/// <summary>Laws of the Cramér–von Mises statistic.</summary>
internal static class CramerVonMisesLaw
{
    /// <summary>The first term below this is the last one added.</summary>
    private const double LastTerm = 1e-7;

    /// <summary>lim P(W² &gt; x) of the one-sample statistic as n grows.</summary>
    /// <returns>In [0, 1]; the absolute error is below 1e-9, so a result below that says no more than "tiny".</returns>
    /// <remarks>
    /// The series stops where scipy's does, so that the two agree in the tail as well.
    /// Source: S. Csörgő and J. J. Faraway, "The exact and asymptotic distributions of Cramér–von Mises statistics",
    /// J. R. Stat. Soc. B 58(1), 1996, eq. 1.3.
    /// </remarks>
    public static double LimitSurvival(double x)
    {
        if (x < .003) { return 1; } // P(W² ≤ x) is below 1.3e-18.
        double sum = 0, weight = Math.Sqrt(Math.PI); // Γ(k + ½)/k!
        for (int k = 0; ; k++)
        {
            double odd = (4 * k) + 1, q = odd * odd / (16 * x);
            double term = weight / (Math.Pow(Math.PI, 1.5) * Math.Sqrt(x)) * Math.Sqrt(odd) * Math.Exp(-2 * q) * SpecialFunctions.BesselKScaled(.25, q);
            sum += term;
            if (!(Math.Abs(term) >= LastTerm)) { return Math.Clamp(1 - sum, 0, 1); }
            weight *= (k + .5) / (k + 1);
        }
    }

    /// <summary>
    /// P(ζ ≥ <paramref name="zeta"/>) of the exact two-sample law without ties, where ζ = Σ(a·i − b·j)² over the points (i, j) of the
    /// lattice path of a pooled order, a = lcm/n and b = lcm/m.
    /// </summary>
    /// <param name="zeta">The statistic in these units.</param>
    /// <param name="n">Values of one sample, at least 1.</param>
    /// <param name="m">Values of the other.</param>
    /// <remarks>
    /// Counts the paths of each ζ, up to O(n·m·min(ζmax, paths)). Source: Y. Xiao, A. Gordon, A. Yakovlev, "A C++ program for the
    /// Cramér–von Mises two-sample test", J. Stat. Softw. 17(8), 2007.
    /// </remarks>
    public static double ExactSurvival(double zeta, int n, int m)
    {
        long common = Math.Abs((long)n * m / Gcd(n, m)), a = common / n, b = common / m;
        var byFirst = new Tally[n + 1];
        for (int j = 0; j <= m; j++)
        {
            for (int i = 0; i <= n; i++)
            {
                var from = i == 0 ? byFirst[0] : j == 0 ? byFirst[i - 1] : Tally.Mixed(byFirst[i - 1], byFirst[i], (double)i / (i + j));
                if (i == 0 && j == 0) { from = new Tally([0], [1]); }
                long difference = (a * i) - (b * j);
                byFirst[i] = from.Plus(difference * difference);
            }
        }
        return byFirst[n].From(zeta);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    /// <summary>Probabilities of whole numbers, in ascending order.</summary>
    private readonly record struct Tally(long[] Values, double[] Shares)
    {
        public Tally Plus(long amount)
        {
            if (amount == 0) { return this; }
            long[] moved = new long[Values.Length];
            for (int i = 0; i < moved.Length; i++) { moved[i] = Values[i] + amount; }
            return new Tally(moved, Shares);
        }

        public static Tally Mixed(Tally first, Tally second, double weight)
        {
            long[] values = new long[first.Values.Length + second.Values.Length];
            double[] shares = new double[values.Length];
            int i = 0, j = 0, count = 0;
            while (i < first.Values.Length || j < second.Values.Length)
            {
                bool takeFirst = j == second.Values.Length || (i < first.Values.Length && first.Values[i] <= second.Values[j]);
                bool takeSecond = i == first.Values.Length || (j < second.Values.Length && second.Values[j] <= first.Values[i]);
                values[count] = takeFirst ? first.Values[i] : second.Values[j];
                if (takeFirst) { shares[count] += weight * first.Shares[i++]; }
                if (takeSecond) { shares[count] += (1 - weight) * second.Shares[j++]; }
                count++;
            }
            return new Tally(values[..count], shares[..count]);
        }

        public double From(double least)
        {
            double sum = 0;
            for (int i = Values.Length - 1; i >= 0 && Values[i] >= least; i--) { sum += Shares[i]; }
            return sum;
        }
    }
}
