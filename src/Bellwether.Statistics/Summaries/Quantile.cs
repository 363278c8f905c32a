namespace Bellwether.Statistics.Summaries;

/// <summary>Exact quantiles of sorted values.</summary>
/// <remarks>For a stream too long to sort use <see cref="Sketches.KllSketch"/>.</remarks>
public static class Quantile
{
    /// <summary>By linear interpolation at index (N − 1)p.</summary>
    /// <remarks>Type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", Am. Stat. 50(4), 1996; the default of R and numpy.</remarks>
    /// <param name="ascending">At least one value, no NaN; infinities are allowed. The order is not checked.</param>
    /// <param name="p">In [0, 1].</param>
    /// <returns>A value between the two neighbours; beside an infinity the nearer neighbour, as there is nothing between.</returns>
    /// <exception cref="ArgumentException">There is no value, or the share is outside [0, 1].</exception>
    public static double Of(ReadOnlySpan<double> ascending, double p)
    {
        Require(ascending, p);
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

    /// <summary>The value at 0-based position ⌈pN⌉ − 1: always one of the values, the smallest with a share of at least p up to it.</summary>
    /// <remarks>Type 1 of Hyndman and Fan; what <see cref="Sketches.KllSketch.Quantile"/> estimates.</remarks>
    /// <inheritdoc cref="Of" path="/param|/exception"/>
    public static double LowerRank(ReadOnlySpan<double> ascending, double p)
    {
        Require(ascending, p);
        return ascending[Math.Clamp((int)Math.Ceiling(p * ascending.Length) - 1, 0, ascending.Length - 1)];
    }

    private static void Require(ReadOnlySpan<double> ascending, double p)
    {
        if (ascending.IsEmpty) { throw new ArgumentException("Expected at least one value.", nameof(ascending)); }
        if (!(p >= 0 && p <= 1)) { throw new ArgumentOutOfRangeException(nameof(p), p, "Expected a share in [0, 1]."); }
    }
}
