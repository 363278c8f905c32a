namespace Bellwether.Statistics.Distributions;

/// <summary>The exact law of Mann and Whitney's U for distinct values.</summary>
internal static class MannWhitneyLaw
{
    /// <summary>P(U ≥ <paramref name="least"/>) with n and m values. O((n·m)²).</summary>
    /// <remarks>
    /// By the greatest of all values: it is one of the first sample with probability i/(i + j) and then beats all j others. Only
    /// probabilities are added, so nothing overflows or cancels.
    /// </remarks>
    public static double Survival(long least, int n, int m)
    {
        int few = Math.Min(n, m), many = Math.Max(n, m), most = few * many; // U has the same law with the samples swapped.
        if (least <= 0) { return 1; }
        if (least > most) { return 0; }
        double[][] byFew = new double[few + 1][]; // P(U = u) of i and j values, for the present j.
        for (int i = 0; i <= few; i++)
        {
            byFew[i] = new double[(i * many) + 1];
            byFew[i][0] = 1;
        }
        for (int j = 1; j <= many; j++)
        {
            for (int i = 1; i <= few; i++)
            {
                double share = (double)i / (i + j);
                double[] present = byFew[i], fewer = byFew[i - 1];
                for (int u = i * j; u >= 0; u--)
                {
                    double beaten = u >= j && u - j <= (i - 1) * j ? fewer[u - j] : 0;
                    double other = u <= i * (j - 1) ? present[u] : 0;
                    present[u] = (share * beaten) + ((1 - share) * other);
                }
            }
        }
        double sum = 0;
        for (int u = most; u >= least; u--) { sum += byFew[few][u]; }
        return Math.Min(1, sum);
    }
}
