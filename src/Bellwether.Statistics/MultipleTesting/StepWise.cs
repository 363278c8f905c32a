namespace Bellwether.Statistics.MultipleTesting;

/// <summary>The two ways to walk along sorted p-values with a limit for each rank.</summary>
internal static class StepWise
{
    /// <summary>From the smallest p-value on, until the first above its limit.</summary>
    public static bool[] Down(SortedPValues sorted, Func<int, double> limit)
    {
        int rejected = 0;
        while (rejected < sorted.Count && sorted.Values[rejected] <= limit(rejected + 1)) { rejected++; }
        return sorted.RejectSmallest(rejected);
    }

    /// <summary>From the largest p-value on, until the first within its limit; that one and all smaller are rejected.</summary>
    public static bool[] Up(SortedPValues sorted, Func<int, double> limit)
    {
        int rejected = sorted.Count;
        while (rejected > 0 && sorted.Values[rejected - 1] > limit(rejected)) { rejected--; }
        return sorted.RejectSmallest(rejected);
    }

    /// <summary>Running maximum of a scaled p-value from the smallest on, at most 1.</summary>
    public static double[] Rising(SortedPValues sorted, Func<int, double, double> scaled)
    {
        double[] adjusted = new double[sorted.Count];
        double largest = 0;
        for (int i = 0; i < adjusted.Length; i++)
        {
            largest = Math.Max(largest, scaled(i + 1, sorted.Values[i]));
            adjusted[i] = Math.Min(1, largest);
        }
        return sorted.Back<double>(adjusted);
    }

    /// <summary>Running minimum of a scaled p-value from the largest on, at most 1.</summary>
    public static double[] Falling(SortedPValues sorted, Func<int, double, double> scaled)
    {
        double[] adjusted = new double[sorted.Count];
        double smallest = 1;
        for (int i = adjusted.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, scaled(i + 1, sorted.Values[i]));
            adjusted[i] = smallest;
        }
        return sorted.Back<double>(adjusted);
    }
}
