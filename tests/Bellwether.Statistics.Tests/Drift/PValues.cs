namespace Bellwether.Statistics.Tests.Drift;

/// <summary>How p-values on data without a difference compare with the uniform ones that a test promises.</summary>
internal static class PValues
{
    /// <summary>The Kolmogorov–Smirnov distance that so many uniform values exceed once in a thousand times.</summary>
    public static double Critical(int count) => 1.95 / Math.Sqrt(count);

    /// <summary>The Kolmogorov–Smirnov distance from the uniform distribution, either way.</summary>
    public static double DistanceFromUniform(double[] values)
    {
        double[] ascending = [.. values.Order()];
        double distance = 0;
        for (int i = 0; i < ascending.Length; i++)
        {
            distance = Math.Max(distance, Math.Max((i + 1.0) / ascending.Length - ascending[i], ascending[i] - i / (double)ascending.Length));
        }
        return distance;
    }

    /// <summary>By how much the share of p-values up to a level ever exceeds the level: what a discrete, cautious test keeps small.</summary>
    public static double ShareAboveUniform(double[] values)
    {
        double[] ascending = [.. values.Order()];
        return Math.Max(0, ascending.Select((value, i) => (i + 1.0) / ascending.Length - value).Max());
    }
}
