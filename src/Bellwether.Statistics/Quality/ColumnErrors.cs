namespace Bellwether.Statistics.Quality;

/// <summary>Standard errors of a column's statistics in a chunk of so many rows, from a reference of the same column without drift.</summary>
/// <remarks>
/// The rows count, not the values in them, as in NannyML: with many missing values the errors are somewhat too small. Sources: C. R. Rao,
/// "Linear Statistical Inference and its Applications", 2nd ed., 1973, §6h (deviation); the asymptotic law of the median with a Gaussian
/// kernel density of D. W. Scott's bandwidth, n^(−1/5) deviations ("Multivariate Density Estimation", 1992).
/// </remarks>
public sealed class ColumnErrors
{
    private readonly double _missing;
    private readonly double _deviation;
    private readonly double _fourthMoment;
    private readonly double _densityAtMedian;

    private ColumnErrors(double missing, double deviation, double fourthMoment, double densityAtMedian)
    {
        _missing = missing;
        _deviation = deviation;
        _fourthMoment = fourthMoment;
        _densityAtMedian = densityAtMedian;
    }

    /// <param name="reference">At least one row; NaN is missing. With fewer than two values there, every error but that of the missing share is NaN.</param>
    /// <returns>O(n log n).</returns>
    /// <exception cref="ArgumentException">There is no row, or a value is infinite.</exception>
    public static ColumnErrors Fit(ReadOnlySpan<double> reference)
    {
        if (reference.IsEmpty) { throw new ArgumentException("There are no rows.", nameof(reference)); }
        int missing = ColumnStatistics.Missing(reference), present = reference.Length - missing;
        double deviation = ColumnStatistics.StandardDeviation(reference);
        return new ColumnErrors(
            missing / (double)reference.Length, deviation, ColumnStatistics.CentralPowers(reference, 4) / present, Density(reference, present, deviation));
    }

    /// <summary>Of the share of missing values in a chunk; multiplied by the rows it is that of their number.</summary>
    /// <param name="rows">At least 1.</param>
    public double Missing(int rows) => Math.Sqrt(_missing * (1 - _missing) / Require(rows));

    /// <summary>Of the mean of a chunk.</summary>
    /// <inheritdoc cref="Missing"/>
    public double Mean(int rows) => _deviation / Math.Sqrt(Require(rows));

    /// <summary>Of the sum of a chunk.</summary>
    /// <inheritdoc cref="Missing"/>
    public double Sum(int rows) => _deviation * Math.Sqrt(Require(rows));

    /// <summary>Of the standard deviation of a chunk; NaN where the reference's tails are too light for the formula, or of one row.</summary>
    /// <inheritdoc cref="Missing"/>
    public double StandardDeviation(int rows)
    {
        double variance = _fourthMoment - (Require(rows) - 3.0) * Math.Pow(_deviation, 4) / (rows - 1.0);
        return double.IsFinite(variance) && variance >= 0 ? Math.Sqrt(variance / rows) / (2 * _deviation) : double.NaN;
    }

    /// <summary>Of the median of a chunk; 0 of a reference of equal values.</summary>
    /// <inheritdoc cref="Missing"/>
    public double Median(int rows) => 1 / (2 * Math.Sqrt(Require(rows)) * _densityAtMedian);

    private static int Require(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return rows;
    }

    /// <summary>The kernel estimate of the density at the median; +∞ of equal values.</summary>
    private static double Density(ReadOnlySpan<double> reference, int present, double deviation)
    {
        double width = deviation * Math.Pow(present, -.2), median = ColumnStatistics.Median(reference), sum = 0;
        if (width == 0) { return double.PositiveInfinity; }
        foreach (double value in reference)
        {
            if (!double.IsNaN(value)) { sum += Math.Exp(-(value - median) * (value - median) / (2 * width * width)); }
        }
        return sum / (present * width * Math.Sqrt(2 * Math.PI));
    }
}
