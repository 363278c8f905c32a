namespace Bellwether.Statistics.Drift;

/// <summary>Pearson's chi-square test, Σ(observed − expected)²/expected.</summary>
/// <remarks>
/// An approximation, good where each category is expected at least five times; below that use <see cref="FisherExactTest"/> (two categories)
/// or merge the rare ones. A p-value says whether there is a difference, not how large: at many rows every difference is significant.
/// Source: K. Pearson, Philosophical Magazine 50, 1900; F. Yates, Suppl. J. R. Stat. Soc. 1(2), 1934 (the correction).
/// </remarks>
public static class ChiSquareTest
{
    /// <summary>Whether two samples have the same shares: the test of a 2 × k contingency table.</summary>
    /// <param name="reference">Counts of k ≥ 1 categories: finite, ≥ 0, not all zero.</param>
    /// <param name="current">Counts of the same categories in the same order, under the same conditions.</param>
    /// <param name="yates">Whether of two categories each count moves half a row towards its expectation, as SciPy does by default. No effect on more.</param>
    /// <returns>Of one category the statistic is 0 and the p-value 1. O(k).</returns>
    /// <exception cref="ArgumentException">The lengths differ, a histogram is not as described, or a category occurs in neither sample.</exception>
    public static CountTestResult Independence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool yates = true) =>
        ContingencyTable.Independence(reference, current, yates, Term);

    /// <summary>Whether a sample has the shares of a reference that is taken as exact: for a reference very much larger than the sample.</summary>
    /// <remarks>
    /// A sample compared in this way with one of its own size finds about twice the statistic: Evidently's categorical default does so.
    /// Use <see cref="Independence"/> for two samples.
    /// </remarks>
    /// <param name="reference">Expected counts or shares of k ≥ 1 categories: finite, ≥ 0, not all zero.</param>
    /// <param name="current">Counts of the same categories in the same order, under the same conditions.</param>
    /// <param name="scale">Whether to scale the expectations to the sample's total; else the totals have to agree to 10⁻⁸ of them.</param>
    /// <returns>
    /// An infinite statistic and p-value 0 when a category occurs that is not expected; NaN, cannot tell, when one is neither expected nor
    /// occurs; of one category a p-value of NaN. O(k).
    /// </returns>
    /// <exception cref="ArgumentException">The lengths or unscaled totals differ, or a histogram is not as described.</exception>
    public static CountTestResult GoodnessOfFit(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool scale = true) =>
        ContingencyTable.GoodnessOfFit(reference, current, scale, Term);

    private static double Term(double observed, double expected) => (observed - expected) * (observed - expected) / expected;
}
