namespace Bellwether.Statistics.Summaries;

/// <summary>Sample quantiles by linear interpolation at index (N − 1)P.</summary>
/// <remarks>Type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", Am. Stat. 50(4), 1996.</remarks>
internal static class Quantile
{
    /// <param name="ascending">At least one value, no NaN; infinities are allowed.</param>
    /// <param name="p">In [0, 1].</param>
    /// <returns>A value between the two neighbours; beside an infinity the nearer neighbour, as there is nothing between.</returns>
    public static double Of(ReadOnlySpan<double> ascending, double p)
    {
        double index = (ascending.Length - 1) * p;
        int below = (int)index;
        double fraction = index - below, low = ascending[below];
        if (fraction == 0 || below + 1 == ascending.Length) { return low; }
        double high = ascending[below + 1];
        if (low == high) { return low; }
        if (double.IsInfinity(low) || double.IsInfinity(high)) { return fraction < .5 ? low : high; }
        double gap = high - low;
        // The gap of two opposite giants overflows; the weighted sum does not.
        double between = double.IsFinite(gap) ? low + gap * fraction : low * (1 - fraction) + high * fraction;
        return Math.Clamp(between, low, high);
    }
}
