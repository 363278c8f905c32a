using System.Globalization;

namespace Bellwether.Statistics.Quality;

/// <summary>Plain statistics of a numeric column whose missing values are NaN: they are left out, and counted by <see cref="Missing"/>.</summary>
public static class ColumnStatistics
{
    /// <summary>How many values are missing. O(n).</summary>
    public static int Missing(ReadOnlySpan<double> values)
    {
        int missing = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) { missing++; }
        }
        return missing;
    }

    /// <summary>The sum of what is there: 0 of nothing. O(n).</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0, lost = 0; // Neumaier's compensation: a long column of unlike magnitudes keeps its digits.
        foreach (double value in values)
        {
            if (double.IsNaN(value)) { continue; }
            if (double.IsInfinity(value))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Value {value} is not finite."), nameof(values));
            }
            double next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }
        return sum + lost;
    }

    /// <summary>The mean of what is there; NaN of nothing. O(n).</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / (values.Length - Missing(values));

    /// <summary>The standard deviation of what is there, dividing by one less than its number; NaN of fewer than two values. O(n).</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        double present = values.Length - Missing(values);
        return present < 2 ? double.NaN : Math.Sqrt(CentralPowers(values, 2) / (present - 1));
    }

    /// <summary>The median of what is there, of an even number the middle of both; NaN of nothing. O(n log n).</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static double Median(ReadOnlySpan<double> values)
    {
        Sum(values); // Refuses infinities.
        double[] ascending = new double[values.Length - Missing(values)];
        int at = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value)) { ascending[at++] = value; }
        }
        if (at == 0) { return double.NaN; }
        Array.Sort(ascending);
        return at % 2 == 1 ? ascending[at / 2] : (ascending[at / 2 - 1] + ascending[at / 2]) / 2;
    }

    /// <summary>Σ(x − mean)^power over what is there.</summary>
    internal static double CentralPowers(ReadOnlySpan<double> values, int power)
    {
        double mean = Mean(values), sum = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) { continue; }
            double square = (value - mean) * (value - mean);
            sum += power == 4 ? square * square : square;
        }
        return sum;
    }
}
