using System.Globalization;
using Bellwether.Statistics.Ordering;

namespace Bellwether.Statistics.Drift;

/// <summary>Count, mean and variance of a sample: all that the t tests ask of it.</summary>
/// <param name="Count">Number of values, at least 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Variance">Their unbiased variance, divided by n − 1; NaN for one value, exactly 0 when all are equal.</param>
public readonly record struct SampleMoments(long Count, double Mean, double Variance)
{
    /// <summary>The moments of values, in two passes so that a large mean costs the variance no digits.</summary>
    /// <param name="sample">At least one value, all finite.</param>
    /// <exception cref="ArgumentException">The sample is empty or holds NaN or an infinity.</exception>
    public static SampleMoments Of(ReadOnlySpan<double> sample)
    {
        Sample.RequireFinite(sample);
        // From the first value, so that equal values have exactly their mean.
        double origin = sample[0], sum = 0, rest = 0, squares = 0;
        foreach (double value in sample) { sum += value - origin; }
        double mean = origin + (sum / sample.Length);
        foreach (double value in sample)
        {
            double difference = value - mean;
            rest += difference;
            squares += difference * difference;
        }
        double variance = sample.Length == 1 ? double.NaN : Math.Max(0, squares - (rest * rest / sample.Length)) / (sample.Length - 1);
        return new SampleMoments(sample.Length, mean, variance);
    }

    /// <exception cref="ArgumentException">These cannot be the moments of a sample.</exception>
    internal void Require(string name)
    {
        if (Count < 1 || !double.IsFinite(Mean) || !(Variance >= 0 || (double.IsNaN(Variance) && Count == 1)) || double.IsInfinity(Variance))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Not the moments of a sample: count {Count}, mean {Mean}, variance {Variance}."), name);
        }
    }
}
