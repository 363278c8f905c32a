using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Experiments;

/// <summary>Intervals for the difference p₁ − p₂ of two independent proportions at one look.</summary>
/// <remarks>
/// Prefer <see cref="Newcombe"/> or <see cref="MiettinenNurminen"/>; Wald's covers too little with small counts and has no width where both
/// proportions are 0 or 1. Wald's and Agresti and Caffo's can pass ±1 with a few trials, and are left so; the others cannot.
/// </remarks>
public static class ProportionDifference
{
    /// <summary>p₁ − p₂ ± z·√(p₁q₁/n₁ + p₂q₂/n₂).</summary>
    /// <param name="successes1">In [0, <paramref name="trials1"/>].</param>
    /// <param name="trials1">At least 1.</param>
    /// <param name="successes2">In [0, <paramref name="trials2"/>].</param>
    /// <param name="trials2">At least 1.</param>
    /// <param name="alpha">Probability of missing, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static ConfidenceInterval Wald(long successes1, long trials1, long successes2, long trials2, double alpha = .05)
    {
        var (p1, p2, z) = Require(successes1, trials1, successes2, trials2, alpha);
        double half = z * Math.Sqrt(p1 * (1 - p1) / trials1 + p2 * (1 - p2) / trials2);
        return new ConfidenceInterval(p1 - p2, p1 - p2 - half, p1 - p2 + half);
    }

    /// <summary>Wald's interval after adding one success and one failure to each sample. The estimate stays the plain difference.</summary>
    /// <remarks>Source: A. Agresti, B. Caffo, "Simple and effective confidence intervals for proportions", Am. Stat. 54(4), 2000.</remarks>
    /// <inheritdoc cref="Wald" path="/param|/exception"/>
    public static ConfidenceInterval AgrestiCaffo(long successes1, long trials1, long successes2, long trials2, double alpha = .05)
    {
        var (p1, p2, z) = Require(successes1, trials1, successes2, trials2, alpha);
        double n1 = trials1 + 2.0, n2 = trials2 + 2.0, a1 = (successes1 + 1) / n1, a2 = (successes2 + 1) / n2;
        double half = z * Math.Sqrt(a1 * (1 - a1) / n1 + a2 * (1 - a2) / n2);
        return new ConfidenceInterval(p1 - p2, a1 - a2 - half, a1 - a2 + half);
    }

    /// <summary>Built from Wilson's interval of each proportion.</summary>
    /// <remarks>Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Stat. Med. 17(8), 1998, method 10.</remarks>
    /// <inheritdoc cref="Wald" path="/param|/exception"/>
    public static ConfidenceInterval Newcombe(long successes1, long trials1, long successes2, long trials2, double alpha = .05)
    {
        var (p1, p2, _) = Require(successes1, trials1, successes2, trials2, alpha);
        var w1 = Proportion.Wilson(successes1, trials1, alpha);
        var w2 = Proportion.Wilson(successes2, trials2, alpha);
        double below = Math.Sqrt((p1 - w1.Low) * (p1 - w1.Low) + (w2.High - p2) * (w2.High - p2));
        double above = Math.Sqrt((w1.High - p1) * (w1.High - p1) + (p2 - w2.Low) * (p2 - w2.Low));
        return Cut(p1 - p2, p1 - p2 - below, p1 - p2 + above);
    }

    /// <summary>All differences that the score test does not reject; with the correction N/(N − 1) of the variance.</summary>
    /// <remarks>
    /// Found for every table, also where a root finder on a fixed bracket fails. Source: O. Miettinen, M. Nurminen, "Comparative analysis of two
    /// rates", Stat. Med. 4(2), 1985.
    /// </remarks>
    /// <inheritdoc cref="Wald" path="/param|/exception"/>
    public static ConfidenceInterval MiettinenNurminen(long successes1, long trials1, long successes2, long trials2, double alpha = .05)
    {
        var (p1, p2, z) = Require(successes1, trials1, successes2, trials2, alpha);
        return Cut(p1 - p2, End(-1), End(1));

        double End(int side)
        {
            double inside = p1 - p2, outside = side;
            for (int i = 0; i < 200 && inside != outside; i++)
            {
                double middle = (inside + outside) / 2;
                if (middle == inside || middle == outside) { break; }
                if (Math.Abs(Score(successes1, trials1, successes2, trials2, middle)) <= z) { inside = middle; } else { outside = middle; }
            }
            return inside;
        }
    }

    /// <summary>The score statistic of "p₁ − p₂ = difference": observed less supposed difference, over its deviation under that supposition.</summary>
    internal static double Score(double x1, double n1, double x2, double n2, double difference)
    {
        double p1 = x1 / n1, p2 = x2 / n2, n = n1 + n2, distance = p1 - p2 - difference;
        double r2 = Restricted(x1, n1, x2, n2, difference), r1 = Math.Clamp(r2 + difference, 0, 1);
        double variance = (r1 * (1 - r1) / n1 + r2 * (1 - r2) / n2) * (n / (n - 1));
        if (variance > 0) { return distance / Math.Sqrt(variance); }
        return distance == 0 ? 0 : distance > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }

    /// <summary>Most likely p₂ where p₁ = p₂ + difference: the root of a cubic, in closed form.</summary>
    private static double Restricted(double x1, double n1, double x2, double n2, double difference)
    {
        double n = n1 + n2, x = x1 + x2;
        if (difference == 0) { return x / n; }
        double l2 = (n1 + 2 * n2) * difference - n - x;
        double l1 = (n2 * difference - n - 2 * x2) * difference + x;
        double l0 = x2 * difference * (1 - difference);
        double third = l2 / (3 * n), q = third * third * third - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        double u = Math.CopySign(Math.Sqrt(Math.Max(0, third * third - l1 / (3 * n))), q);
        double ratio = u == 0 ? 1 : Math.Clamp(q / (u * u * u), -1, 1);
        double root = 2 * u * Math.Cos((Math.PI + Math.Acos(ratio)) / 3) - third;
        return Math.Clamp(root, Math.Max(0, -difference), Math.Min(1, 1 - difference));
    }

    private static (double First, double Second, double Z) Require(long x1, long n1, long x2, long n2, double alpha)
    {
        Level.Require(alpha);
        RequireCounts(x1, n1, nameof(x1), nameof(n1));
        RequireCounts(x2, n2, nameof(x2), nameof(n2));
        return (x1 / (double)n1, x2 / (double)n2, -Normal.Quantile(alpha / 2));
    }

    private static void RequireCounts(long successes, long trials, string successesName, string trialsName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1, trialsName);
        ArgumentOutOfRangeException.ThrowIfNegative(successes, successesName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials, successesName);
    }

    private static ConfidenceInterval Cut(double value, double low, double high) => new(value, Math.Max(-1, low), Math.Min(1, high));
}
