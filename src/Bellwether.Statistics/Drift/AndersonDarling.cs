using System.Globalization;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Anderson–Darling test that k samples have one distribution: squared differences of distribution functions, weighted towards the tails.</summary>
/// <remarks>
/// Sensitive to changes of the tails and of spread that <see cref="KolmogorovSmirnov"/> misses. Its p-value has a table's range only; where
/// a small p-value must be compared with others, as in multiple testing, prefer a test without that limit.
/// Source: F. W. Scholz and M. A. Stephens, "K-sample Anderson–Darling tests", J. Am. Stat. Assoc. 82, 1987, eq. 6 (distinct values)
/// and 7 (midrank).
/// </remarks>
public static class AndersonDarling
{
    private static readonly double[] LogLevels = [.. new[] { .25, .1, .05, .025, .01, .005, .001 }.Select(level => Math.Log(level))];

    /// <summary>Tests two samples. O(N log N).</summary>
    /// <param name="reference">At least one finite value.</param>
    /// <param name="current">At least one finite value.</param>
    /// <param name="midrank">Whether tied values count half below and half above (as scipy by default), or all below.</param>
    /// <returns>NaN when all values are equal, or there are fewer than four in all.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static AndersonDarlingResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool midrank = true)
    {
        Sample.RequireFinite(reference);
        Sample.RequireFinite(current);
        return KSample([reference.ToArray(), current.ToArray()], midrank);
    }

    /// <summary>Tests k ≥ 2 samples. O(N log N + k·N).</summary>
    /// <param name="samples">Each at least one finite value.</param>
    /// <param name="midrank">Whether tied values count half below and half above (as scipy by default), or all below.</param>
    /// <returns>NaN when all values are equal, or there are fewer than four in all.</returns>
    /// <exception cref="ArgumentException">There are fewer than two samples, or one is empty or holds NaN or an infinity.</exception>
    public static AndersonDarlingResult KSample(IReadOnlyList<ReadOnlyMemory<double>> samples, bool midrank = true)
    {
        using var pooled = new PooledSamples(samples);
        if (pooled.AllSame || pooled.Count < 4) { return new AndersonDarlingResult(double.NaN, double.NaN); }
        double squared = midrank ? Midrank(pooled) : UpTo(pooled);
        double statistic = (squared - (samples.Count - 1)) / Math.Sqrt(Variance(pooled));
        return new AndersonDarlingResult(statistic, PValue(statistic, CriticalValues(samples.Count)));
    }

    /// <summary>The statistics at which the p-value is .25, .1, .05, .025, .01, .005 and .001 in the limit of large samples.</summary>
    /// <param name="sampleCount">At least 2.</param>
    /// <exception cref="ArgumentException"><paramref name="sampleCount"/> is below 2.</exception>
    public static double[] CriticalValues(int sampleCount)
    {
        if (sampleCount < 2)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected at least 2 samples, got {sampleCount}."), nameof(sampleCount));
        }
        // Scholz and Stephens' table 2.
        double[] b0 = [.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
        double[] b1 = [-.245, .25, .678, 1.149, 1.822, 2.364, 3.615];
        double[] b2 = [-.105, -.305, -.362, -.391, -.396, -.345, -.154];
        double freedom = sampleCount - 1, root = Math.Sqrt(freedom);
        double[] critical = new double[b0.Length];
        for (int i = 0; i < critical.Length; i++) { critical[i] = b0[i] + (b1[i] / root) + (b2[i] / freedom); }
        return critical;
    }

    private static double Midrank(PooledSamples pooled)
    {
        double all = pooled.Count, total = 0;
        while (pooled.MoveNext())
        {
            double equal = pooled.AllEqual, middle = pooled.AllBelow + (equal / 2);
            double weight = equal / all / ((middle * (all - middle)) - (all * equal / 4));
            for (int i = 0; i < pooled.Sizes.Length; i++)
            {
                double size = pooled.Sizes[i], gap = (all * (pooled.Below[i] + (pooled.Equal[i] / 2.0))) - (middle * size);
                total += weight * gap * gap / size;
            }
        }
        return total * (all - 1) / all;
    }

    private static double UpTo(PooledSamples pooled)
    {
        double all = pooled.Count, total = 0;
        while (pooled.MoveNext())
        {
            double equal = pooled.AllEqual, upTo = pooled.AllBelow + equal;
            if (upTo == all) { break; } // All distribution functions are 1.
            double weight = equal / all / (upTo * (all - upTo));
            for (int i = 0; i < pooled.Sizes.Length; i++)
            {
                double size = pooled.Sizes[i], gap = (all * (pooled.Below[i] + pooled.Equal[i])) - (upTo * size);
                total += weight * gap * gap / size;
            }
        }
        return total;
    }

    /// <summary>Scholz and Stephens' equation 4.</summary>
    private static double Variance(PooledSamples pooled)
    {
        double all = pooled.Count, k = pooled.Sizes.Length, inverses = 0, h = 0, g = 0;
        foreach (int size in pooled.Sizes) { inverses += 1.0 / size; }
        for (int i = 2; i < pooled.Count; i++)
        {
            h += 1 / (all + 1 - i);
            g += h / i;
        }
        h += 1;
        double a = (((4 * g) - 6) * (k - 1)) + ((10 - (6 * g)) * inverses);
        double b = (((2 * g) - 4) * k * k) + (8 * h * k) + (((2 * g) - (14 * h) - 4) * inverses) - (8 * h) + (4 * g) - 6;
        double c = (((6 * h) + (2 * g) - 2) * k * k) + (((4 * h) - (4 * g) + 6) * k) + (((2 * h) - 6) * inverses) + (4 * h);
        double d = (((2 * h) + 6) * k * k) - (4 * h * k);
        return ((((((a * all) + b) * all) + c) * all) + d) / ((all - 1) * (all - 2) * (all - 3));
    }

    /// <summary>The logarithm of the p-value as the least-squares parabola through the tabulated points.</summary>
    private static double PValue(double statistic, double[] critical)
    {
        if (statistic < critical[0]) { return .25; }
        if (statistic > critical[^1]) { return .001; }
        // Orthogonal polynomials 1, u, u² − slope·u − mean of u² about the mean of the points: no ill-conditioned equations.
        double centre = critical.Average(), u2 = 0, u3 = 0, levels = LogLevels.Average();
        foreach (double point in critical)
        {
            double u = point - centre;
            u2 += u * u;
            u3 += u * u * u;
        }
        double slope = u3 / u2, middle = u2 / critical.Length, linear = 0, bent = 0, bentSquare = 0;
        for (int i = 0; i < critical.Length; i++)
        {
            double u = critical[i] - centre, quadratic = (u * u) - (slope * u) - middle;
            linear += u * LogLevels[i];
            bent += quadratic * LogLevels[i];
            bentSquare += quadratic * quadratic;
        }
        double at = statistic - centre;
        return Math.Exp(levels + (linear / u2 * at) + (bent / bentSquare * ((at * at) - (slope * at) - middle)));
    }
}
