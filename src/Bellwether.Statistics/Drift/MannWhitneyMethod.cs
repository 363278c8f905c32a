namespace Bellwether.Statistics.Drift;

/// <summary>Which law of the Mann–Whitney statistic gives the p-value.</summary>
public enum MannWhitneyMethod
{
    /// <summary><see cref="Exact"/> where a sample has at most 8 values and none are tied, <see cref="Asymptotic"/> otherwise, as in scipy.</summary>
    Auto,

    /// <summary>The exact law for distinct values, up to n·m = 20,000; O((n·m)²). Ties are ignored but for the statistic, which is rounded down.</summary>
    Exact,

    /// <summary>The normal law with the variance corrected for ties.</summary>
    Asymptotic,
}
