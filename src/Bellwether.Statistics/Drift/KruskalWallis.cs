using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Kruskal–Wallis test: whether k samples have the same location, from their ranks in the pooled sample.</summary>
/// <remarks>
/// Sees shifts, not changes of spread; for any difference prefer <see cref="AndersonDarling"/>. The p-value comes from the limiting
/// χ² law with k − 1 degrees of freedom, good from about five values a sample on; ties are corrected for.
/// Source: W. H. Kruskal and W. A. Wallis, J. Am. Stat. Assoc. 47, 1952.
/// </remarks>
public static class KruskalWallis
{
    /// <summary>Tests k ≥ 2 samples. O(N log N).</summary>
    /// <param name="samples">Each at least one finite value.</param>
    /// <returns>H ≥ 0 and its p-value; both NaN when all values are equal: nothing can be told from their order.</returns>
    /// <exception cref="ArgumentException">There are fewer than two samples, or one is empty or holds NaN or an infinity.</exception>
    public static SampleTestResult Test(IReadOnlyList<ReadOnlyMemory<double>> samples)
    {
        using var pooled = new PooledSamples(samples);
        if (pooled.AllSame) { return new SampleTestResult(double.NaN, double.NaN); }
        double[] rankSums = new double[samples.Count];
        double ties = 0, all = pooled.Count;
        while (pooled.MoveNext())
        {
            double midrank = pooled.AllBelow + ((pooled.AllEqual + 1) / 2.0), equal = pooled.AllEqual;
            ties += (equal * equal * equal) - equal;
            for (int i = 0; i < rankSums.Length; i++) { rankSums[i] += pooled.Equal[i] * (midrank - ((all + 1) / 2)); }
        }
        // Centred ranks: the textbook's Σ R²/n less 3(N + 1) loses digits to cancellation.
        double between = 0;
        for (int i = 0; i < rankSums.Length; i++) { between += rankSums[i] * rankSums[i] / pooled.Sizes[i]; }
        double statistic = 12 / (all * (all + 1)) * between / (1 - (ties / ((all * all * all) - all)));
        return new SampleTestResult(statistic, ChiSquared.Survival(statistic, samples.Count - 1));
    }
}
