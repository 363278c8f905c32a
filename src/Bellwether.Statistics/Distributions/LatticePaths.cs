using System.Buffers;

namespace Bellwether.Statistics.Distributions;

/// <summary>
/// The exact law of the two-sample Kolmogorov–Smirnov statistic without ties: the share of the lattice paths from (0, 0) to (n, m), all
/// equally likely under the null hypothesis, that reach a difference n·m·(F − G) of a given size.
/// </summary>
/// <remarks>Source: J. L. Hodges, "The significance probability of the Smirnov two-sample test", Ark. Mat. 3, 1958.</remarks>
internal static class LatticePaths
{
    /// <summary>Share of the paths that reach |x·m − y·n| ≥ <paramref name="gap"/> at some (x, y). O(n) when n = m, otherwise O(n·m·D).</summary>
    /// <param name="n">At least 1.</param>
    /// <param name="m">At least 1.</param>
    /// <param name="gap">n·m times the statistic.</param>
    public static double TwoSided(int n, int m, long gap) =>
        gap <= 0 ? 1
        : n == m ? Reflections(n, gap / n)
        : n < m ? Outside(n, m, -gap, gap) : Outside(m, n, -gap, gap);

    /// <summary>Share of the paths that reach x·m − y·n ≥ <paramref name="gap"/> at some (x, y). O(n) when n = m, otherwise up to O(n·m).</summary>
    public static double OneSided(int n, int m, long gap)
    {
        if (gap <= 0) { return 1; }
        if (n == m) { return Shifted(n, 0, gap / n); }
        // Read backwards, a path that rises gap above the diagonal falls gap below it: which sample comes first does not matter.
        return n < m ? Outside(n, m, long.MinValue, gap) : Outside(m, n, long.MinValue, gap);
    }

    /// <summary>n = m: paths that reach a bound h steps away, by reflecting them in turn at both bounds.</summary>
    private static double Reflections(int n, long steps)
    {
        // 2·(p₁ − p₂ + p₃ …) with pₖ = C(2n, n − k·h)/C(2n, n), each the one before times a product.
        double sum = 0, share = 1;
        for (long k = 1; k * steps <= n; k++)
        {
            share *= Shifted(n, (k - 1) * steps, k * steps);
            sum += k % 2 == 1 ? share : -share;
            if (share < sum * 1e-18) { break; }
        }
        return Math.Clamp(2 * sum, 0, 1);
    }

    /// <summary>C(2n, n − to)/C(2n, n − from).</summary>
    private static double Shifted(int n, long from, long to)
    {
        double product = 1;
        for (long j = from; j < to && product > 0; j++) { product *= (n - j) / (n + j + 1.0); }
        return product;
    }

    /// <summary>
    /// Probability that a random path from (0, 0) to (n, m), n ≤ m, is at or beyond a bound somewhere. The step into (x, y) came from
    /// (x − 1, y) with probability x/(x + y), so the probabilities follow from their neighbours, all terms positive.
    /// </summary>
    private static double Outside(int n, int m, long lower, long upper)
    {
        double[] probabilities = ArrayPool<double>.Shared.Rent(n + 2), inverses = ArrayPool<double>.Shared.Rent(n + m + 1);
        try
        {
            Span<double> outside = probabilities.AsSpan(0, n + 2); // Of (x, y) at place x, for the present y.
            outside.Clear();
            for (int i = 1; i <= n + m; i++) { inverses[i] = 1.0 / i; }
            for (int y = 0; y <= m; y++)
            {
                // Inside are the x with lower < x·m − y·n < upper. As n ≤ m, the upper end moves by one at most from y to y + 1.
                long drop = (long)y * n;
                int first = lower == long.MinValue ? 0 : (int)Math.Max(0, FloorDivide(drop + lower, m) + 1);
                int last = (int)Math.Min(n, FloorDivide(drop + upper - 1, m));
                if (first > 0) { outside[first - 1] = 1; }
                double before = first > 0 ? 1 : outside[0]; // Only one path leads to x = 0.
                for (int x = Math.Max(first, 1); x <= last; x++)
                {
                    double inverse = inverses[x + y];
                    before = (x * inverse * before) + (y * inverse * outside[x]);
                    outside[x] = before;
                }
                outside[last + 1] = 1;
            }
            return Math.Clamp(outside[n], 0, 1);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(inverses);
            ArrayPool<double>.Shared.Return(probabilities);
        }
    }

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
