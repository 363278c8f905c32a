namespace Bellwether.Statistics.Drift;

/// <summary>Which of many columns are confirmed at a bounded false-discovery rate, whatever their dependence.</summary>
/// <remarks>
/// Use on current evidence, never on running maxima: those are no e-values.
/// Source: R. Wang, A. Ramdas, "False discovery rate control with e-values", J. R. Stat. Soc. B 84(3), 2022.
/// </remarks>
public static class EBenjaminiHochberg
{
    /// <summary>Confirms the k columns with the most evidence, k the largest i with M₍ᵢ₎ ≥ F·T/(α·i).</summary>
    /// <param name="evidence">F values ≥ 0 in the clock's units.</param>
    /// <param name="horizon">T: time since the last common restart, in the same units; positive.</param>
    /// <param name="alpha">Expected share of false ones among the confirmed, in (0, 1).</param>
    /// <returns>Indices of the confirmed columns, ascending. O(F log F).</returns>
    /// <exception cref="ArgumentException">An evidence is negative or NaN, or a parameter is outside its range.</exception>
    public static int[] Confirm(ReadOnlySpan<double> evidence, double horizon, double alpha = .1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        if (alpha is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a share in (0, 1)."); }
        int[] order = new int[evidence.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (!(evidence[i] >= 0)) { throw new ArgumentException($"Evidence {evidence[i]} at {i} is not ≥ 0.", nameof(evidence)); }
            order[i] = i;
        }
        double[] descending = evidence.ToArray();
        Array.Sort(order, (a, b) => descending[b] != descending[a] ? descending[b].CompareTo(descending[a]) : a.CompareTo(b));
        int confirmed = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (descending[order[i]] >= order.Length * horizon / (alpha * (i + 1))) { confirmed = i + 1; }
        }
        int[] names = order[..confirmed];
        Array.Sort(names);
        return names;
    }
}
