namespace Bellwether.Statistics.Detectors;

/// <summary>The exact two-sample Kolmogorov–Smirnov test without ties, by counting lattice paths.</summary>
/// <remarks>
/// O(n·m) a probability, relative error near 1e-13 however small it is: only positive terms are added. With ties in the data it is conservative.
/// Source: J. L. Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för Matematik 3(5), 1958.
/// </remarks>
internal static class LatticePaths
{
    /// <summary>The chance that max |i·m − j·n| reaches a distance, over all orders of n and m values; D = distance/(n·m).</summary>
    public static double TailProbability(int n, int m, long distance)
    {
        if (distance <= 0) { return 1; }
        // share[j] of the paths to (i, j) have left the band: those to (i−1, j) and (i, j−1), weighted by how many of each there are.
        double[] share = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                if (Math.Abs((long)i * m - (long)j * n) >= distance)
                {
                    share[j] = 1;
                }
                else if (i + j > 0)
                {
                    double before = j > 0 ? share[j - 1] * j : 0;
                    share[j] = (share[j] * i + before) / (i + j);
                }
            }
        }
        return share[m];
    }

    /// <summary>The smallest distance whose tail probability is at most the significance; n·m + 1 where none is.</summary>
    public static long CriticalDistance(int n, int m, double significance)
    {
        long low = 1, high = (long)n * m + 1;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            if (TailProbability(n, m, middle) <= significance) { high = middle; } else { low = middle + 1; }
        }
        return low;
    }

    /// <summary>max |i·m − j·n| of two ascending samples.</summary>
    public static long Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        long at = 0, greatest = 0;
        int i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            double value = Math.Min(first[i], second[j]);
            for (; i < first.Length && first[i] == value; i++) { at += second.Length; }
            for (; j < second.Length && second[j] == value; j++) { at -= first.Length; }
            greatest = Math.Max(greatest, Math.Abs(at));
        }
        return greatest;
    }
}
