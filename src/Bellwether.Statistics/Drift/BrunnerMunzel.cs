using Bellwether.Statistics.Distributions;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Brunner–Munzel test: whether P(reference &lt; current) + P(tie)/2 is ½, whatever the spreads of the two.</summary>
/// <remarks>
/// Mann and Whitney's question without their assumption that the distributions differ in location only. The p-value rests on a t law with
/// estimated degrees of freedom, good from about ten values a sample on. The statistic is positive where current values tend to be
/// greater; "less" is evidence that the reference tends to be smaller, "greater" that it tends to be larger.
/// Source: E. Brunner and U. Munzel, Biom. J. 42, 2000.
/// </remarks>
public static class BrunnerMunzel
{
    /// <summary>Tests two samples. O(N log N).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <returns>
    /// NaN with fewer than two values in a sample, or when all values are equal. When no value of one sample lies within the other's range
    /// the statistic is infinite and the p-value NaN: the variance cannot be estimated. Ask another test, which will see so clear a difference.
    /// </returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static SampleTestResult Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Alternative alternative = Alternative.TwoSided)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        if (reference.Length < 2 || current.Length < 2) { return new SampleTestResult(double.NaN, double.NaN); }
        // A value's placement is its rank among all less its rank within its own sample: how many of the other sample it exceeds.
        Placements ofX = default, ofY = default;
        var merge = new TiedMerge(x.Values, y.Values);
        while (merge.MoveNext())
        {
            ofX.Add(merge.FirstEqual, (2L * merge.SecondBelow) + merge.SecondEqual);
            ofY.Add(merge.SecondEqual, (2L * merge.FirstBelow) + merge.FirstEqual);
        }
        double n = reference.Length, m = current.Length, all = n + m;
        double varianceX = n * ofX.Variance(reference.Length), varianceY = m * ofY.Variance(current.Length), variance = varianceX + varianceY;
        // Mean rank of y less mean rank of x.
        double difference = ((double)((ofY.Twice * reference.Length) - (ofX.Twice * current.Length)) / (2 * n * m)) + ((m - n) / 2);
        double statistic = n * m * difference / (all * Math.Sqrt(variance));
        double freedom = variance * variance / ((varianceX * varianceX / (n - 1)) + (varianceY * varianceY / (m - 1)));
        double below = StudentT.Survival(-statistic, freedom), above = StudentT.Survival(statistic, freedom);
        double pValue = alternative switch
        {
            Alternative.Greater => below,
            Alternative.Less => above,
            _ => 2 * Math.Min(below, above),
        };
        return new SampleTestResult(statistic, pValue);
    }

    /// <summary>Sums of twice the placements and of their squares; whole numbers, so that equal placements have exactly no variance.</summary>
    private struct Placements
    {
        private Int128 _squares;

        public Int128 Twice { get; private set; }

        public void Add(int count, long twice)
        {
            Twice += (Int128)count * twice;
            _squares += (Int128)count * twice * twice;
        }

        /// <summary>Unbiased variance of the placements.</summary>
        public readonly double Variance(int count) => (double)((_squares * count) - (Twice * Twice)) / (4.0 * count * (count - 1.0));
    }
}
