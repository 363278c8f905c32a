namespace Bellwether.Statistics.Drift;

/// <summary>Variance of window effects beyond sampling, as sums over many windows see it.</summary>
internal static class LongRun
{
    private const int FewestBlocks = 8;
    private const double Shrinkage = 20;

    /// <summary>The largest excess variance over block lengths of a window, a part of a day, a day or a week.</summary>
    /// <param name="values">W × J residuals, row by row.</param>
    /// <param name="rows">W row counts, all positive.</param>
    /// <param name="events">J.</param>
    /// <param name="windowsPerDay">At least 1.</param>
    /// <param name="own">J: each event's own variance, shrunk to the mean over events.</param>
    /// <returns>The variance of the mean event; ≥ 0.</returns>
    public static double Variance(ReadOnlySpan<double> values, ReadOnlySpan<double> rows, int events, int windowsPerDay, Span<double> own)
    {
        double pooled = 0;
        own.Clear();
        double[] variance = new double[events];
        ReadOnlySpan<int> lengths = windowsPerDay >= 4
            ? [1, windowsPerDay / 4, windowsPerDay]
            : [1, windowsPerDay, 7 * windowsPerDay];
        foreach (int m in lengths)
        {
            int blocks = rows.Length / m;
            if (blocks < FewestBlocks) { continue; }
            double inverse = 0;
            for (int w = 0; w < blocks * m; w++) { inverse += 1 / rows[w]; }
            inverse /= blocks * m;
            for (int j = 0; j < events; j++)
            {
                double squares = 0;
                for (int b = 0; b < blocks; b++)
                {
                    double sum = 0;
                    for (int w = b * m; w < (b + 1) * m; w++) { sum += values[w * events + j]; }
                    squares += sum / m * (sum / m);
                }
                variance[j] = m * squares / blocks;
            }
            double mean = EventReferenceFit.Mean(variance), caution = 1 + Math.Sqrt(2.0 / blocks);
            pooled = Math.Max(pooled, (mean - inverse) * caution);
            for (int j = 0; j < events; j++)
            {
                double shrunk = (blocks * variance[j] + Shrinkage * mean) / (blocks + Shrinkage);
                own[j] = Math.Max(own[j], (shrunk - inverse) * caution);
            }
        }
        return pooled;
    }
}
