using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Drift;

/// <summary>t tests of equal means, for raw samples or their moments.</summary>
/// <remarks>
/// They see the mean only, and outliers blind them: <see cref="MannWhitney"/> asks a like question of ranks. Welch's test is the one to
/// use; Student's supposes equal variances, gains next to nothing where they are and errs where they are not. "Less" means that the
/// reference's mean is the smaller one. Source: B. L. Welch, Biometrika 34, 1947; Student, Biometrika 6, 1908.
/// </remarks>
public static class TTest
{
    /// <summary>Welch's test, for samples of any variances. O(n + m).</summary>
    /// <param name="reference">Finite values.</param>
    /// <param name="current">Finite values.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <returns>NaN with fewer than two values in a sample, or when both samples are the same constant.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static TTestResult Welch(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Alternative alternative = Alternative.TwoSided) =>
        WelchFromMoments(SampleMoments.Of(reference), SampleMoments.Of(current), alternative);

    /// <summary>Student's test, for samples of equal variance. O(n + m).</summary>
    /// <param name="reference">Finite values.</param>
    /// <param name="current">Finite values.</param>
    /// <param name="alternative">The direction of the difference.</param>
    /// <returns>NaN with fewer than two values in a sample, or when both samples are the same constant.</returns>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or an infinity.</exception>
    public static TTestResult Student(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Alternative alternative = Alternative.TwoSided) =>
        StudentFromMoments(SampleMoments.Of(reference), SampleMoments.Of(current), alternative);

    /// <inheritdoc cref="Welch(ReadOnlySpan{double}, ReadOnlySpan{double}, Alternative)"/>
    /// <exception cref="ArgumentException">A count is below 1, a mean not finite, or a variance negative, infinite or missing.</exception>
    public static TTestResult WelchFromMoments(SampleMoments reference, SampleMoments current, Alternative alternative = Alternative.TwoSided)
    {
        reference.Require(nameof(reference));
        current.Require(nameof(current));
        double ofReference = reference.Variance / reference.Count, ofCurrent = current.Variance / current.Count, variance = ofReference + ofCurrent;
        double freedom = variance * variance
            / ((ofReference * ofReference / (reference.Count - 1)) + (ofCurrent * ofCurrent / (current.Count - 1)));
        return Judge(reference.Mean - current.Mean, variance, freedom, alternative);
    }

    /// <inheritdoc cref="Student(ReadOnlySpan{double}, ReadOnlySpan{double}, Alternative)"/>
    /// <exception cref="ArgumentException">A count is below 1, a mean not finite, or a variance negative, infinite or missing.</exception>
    public static TTestResult StudentFromMoments(SampleMoments reference, SampleMoments current, Alternative alternative = Alternative.TwoSided)
    {
        reference.Require(nameof(reference));
        current.Require(nameof(current));
        double freedom = reference.Count + current.Count - 2.0;
        double pooled = (((reference.Count - 1) * reference.Variance) + ((current.Count - 1) * current.Variance)) / freedom;
        return Judge(reference.Mean - current.Mean, pooled * ((1.0 / reference.Count) + (1.0 / current.Count)), freedom, alternative);
    }

    private static TTestResult Judge(double difference, double variance, double freedom, Alternative alternative)
    {
        double statistic = difference / Math.Sqrt(variance);
        if (double.IsNaN(statistic)) { return new TTestResult(double.NaN, double.NaN, double.NaN); }
        double pValue = alternative switch
        {
            Alternative.Greater => Upper(statistic),
            Alternative.Less => Upper(-statistic),
            _ => double.IsInfinity(statistic) ? 0 : StudentT.TwoSided(statistic, freedom),
        };
        return new TTestResult(statistic, pValue, freedom);

        // Two different constants differ for certain, although no law applies.
        double Upper(double t) => double.IsInfinity(t) ? t > 0 ? 0 : 1 : StudentT.Survival(t, freedom);
    }
}
