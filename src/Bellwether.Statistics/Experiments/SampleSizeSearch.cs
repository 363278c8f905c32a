namespace Bellwether.Statistics.Experiments;

/// <summary>Finds the sample size at which a test reaches its power.</summary>
internal static class SampleSizeSearch
{
    /// <param name="power">Rises with the size.</param>
    /// <param name="wanted">In (0, 1).</param>
    /// <param name="least">Smallest size to consider.</param>
    /// <returns>A real number, 13 digits; <paramref name="least"/> where that is enough.</returns>
    public static double Solve(Func<double, double> power, double wanted, double least)
    {
        if (power(least) >= wanted) { return least; }
        double low = least, high = Math.Max(2 * least, 2);
        while (power(high) < wanted) { (low, high) = (high, 2 * high); }
        while (high - low > 1e-13 * high)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) { break; }
            if (power(middle) < wanted) { low = middle; } else { high = middle; }
        }
        return (low + high) / 2;
    }

    public static void Require(double alpha, double power)
    {
        Level.Require(alpha);
        if (!(power > alpha && power < 1)) { throw new ArgumentOutOfRangeException(nameof(power), power, $"Expected a power in ({alpha}, 1)."); }
    }
}
