namespace Bellwether.Statistics.Drift;

/// <summary>How many bins of equal width a histogram of a sample gets. All as in NumPy, whose rules other tools call.</summary>
public enum HistogramRule
{
    /// <summary>log₂n + 1 bins: few, made for normal samples. H. A. Sturges, J. Am. Stat. Assoc. 21(153), 1926.</summary>
    Sturges,

    /// <summary>Sturges' number and more the more skewed the sample is. D. P. Doane, The American Statistician 30(4), 1976.</summary>
    Doane,

    /// <summary>
    /// The narrower bins of Sturges' and of 2·IQR·n^(−1/3), NumPy's "auto". D. Freedman, P. Diaconis, Z. Wahrscheinlichkeitstheorie 57, 1981.
    /// A far outlier can make them very many.
    /// </summary>
    Narrower,
}
