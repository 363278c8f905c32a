using System.Buffers;
using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Epps–Singleton test: whether the empirical characteristic functions of two samples agree at two frequencies.</summary>
/// <remarks>
/// Does not assume continuous data, so it suits counts and rounded values, where it is often much stronger than
/// <see cref="KolmogorovSmirnov"/>. The frequencies are .4 and .8 over half the pooled quartile distance; below 25 values in both samples
/// the statistic is shrunk by the authors' correction. Each sample needs some twenty values for the p-value to be trusted.
/// Source: T. W. Epps and K. J. Singleton, J. Stat. Comput. Simul. 26, 1986; S. J. Goerg and J. Kaiser, Stata J. 9, 2009.
/// </remarks>
public static class EppsSingleton
{
    private const int Terms = 4;
    private const int Least = 5;

    /// <summary>Tests two samples. O(N log N) with four sines and cosines a value.</summary>
    /// <param name="reference">At least five finite values.</param>
    /// <param name="current">At least five finite values.</param>
    /// <returns>
    /// W ≥ 0 and its p-value from a χ² law, whose degrees of freedom are the rank of the estimated covariance (four unless the data are
    /// degenerate); both NaN where the middle half of all values is a single one, which leaves no scale.
    /// </returns>
    /// <exception cref="ArgumentException">A sample has fewer than five values, NaN or an infinity.</exception>
    public static SampleTestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        Sample.RequireAtLeast(Least, reference);
        Sample.RequireAtLeast(Least, current);
        Sample.RequireFinite(reference);
        Sample.RequireFinite(current);
        double scale = QuartileDistance(reference, current) / 2;
        if (!(scale > 0)) { return new SampleTestResult(double.NaN, double.NaN); }
        double n = reference.Length, m = current.Length, all = n + m;
        Span<double> covariance = stackalloc double[Terms * Terms], difference = stackalloc double[Terms], mean = stackalloc double[Terms];
        covariance.Clear();
        AddCovariance(reference, scale, all / n, difference, covariance);
        AddCovariance(current, scale, all / m, mean, covariance);
        for (int i = 0; i < Terms; i++) { difference[i] -= mean[i]; }
        var (form, rank) = SymmetricInverse.QuadraticForm(covariance, difference);
        double statistic = all * form;
        if (Math.Max(n, m) < 25) { statistic /= 1 + Math.Pow(all, -.45) + (10.1 * (Math.Pow(n, -1.7) + Math.Pow(m, -1.7))); }
        return new SampleTestResult(statistic, rank == 0 ? double.NaN : ChiSquared.Survival(statistic, rank));
    }

    /// <summary>Distance of the quartiles of all values, interpolated linearly between order statistics.</summary>
    private static double QuartileDistance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        int count = reference.Length + current.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        try
        {
            var pooled = rented.AsSpan(0, count);
            reference.CopyTo(pooled);
            current.CopyTo(pooled[reference.Length..]);
            RadixSort.Sort(pooled);
            return Quartile(pooled, .75) - Quartile(pooled, .25);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        static double Quartile(ReadOnlySpan<double> sorted, double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            double rest = place - below;
            return rest == 0 ? sorted[below] : sorted[below] + (rest * (sorted[below + 1] - sorted[below]));
        }
    }

    /// <summary>Adds a weight times the (biased) covariance of cos and sin at both frequencies, and sets their means.</summary>
    private static void AddCovariance(ReadOnlySpan<double> sample, double scale, double weight, Span<double> means, Span<double> covariance)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(sample.Length * Terms);
        try
        {
            var terms = rented.AsSpan(0, sample.Length * Terms);
            means.Clear();
            for (int i = 0; i < sample.Length; i++)
            {
                double slow = .4 / scale * sample[i], fast = .8 / scale * sample[i];
                var term = terms.Slice(i * Terms, Terms);
                (term[2], term[0]) = Math.SinCos(slow);
                (term[3], term[1]) = Math.SinCos(fast);
                for (int t = 0; t < Terms; t++) { means[t] += term[t]; }
            }
            for (int t = 0; t < Terms; t++) { means[t] /= sample.Length; }
            for (int p = 0; p < Terms; p++)
            {
                for (int q = p; q < Terms; q++)
                {
                    double sum = 0;
                    for (int i = 0; i < sample.Length; i++) { sum += (terms[(i * Terms) + p] - means[p]) * (terms[(i * Terms) + q] - means[q]); }
                    double value = weight * sum / sample.Length;
                    covariance[(p * Terms) + q] += value;
                    if (q > p) { covariance[(q * Terms) + p] += value; }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
