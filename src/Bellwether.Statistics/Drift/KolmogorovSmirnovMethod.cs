namespace Bellwether.Statistics.Drift;

/// <summary>Which law of the Kolmogorov–Smirnov statistic gives the p-value.</summary>
public enum KolmogorovSmirnovMethod
{
    /// <summary><see cref="Exact"/> where neither sample has more than 10,000 values, <see cref="Asymptotic"/> beyond, as in scipy.</summary>
    Auto,

    /// <summary>
    /// The exact law for continuous data, by counting lattice paths. Equal sizes take O(n); unequal ones O(n·m·D), milliseconds for
    /// thousands of values and up to 0.3 s for one-sided tests of 10,000. With ties the p-value is too large rather than too small.
    /// </summary>
    Exact,

    /// <summary>
    /// The law of the one-sample statistic at the effective size n·m/(n + m) (two-sided), or Hodges' correction of the limit (one-sided);
    /// what scipy calls <c>asymp</c>. Microseconds at any size.
    /// </summary>
    Asymptotic,

    /// <summary>Kolmogorov's and Smirnov's limits for infinite samples: what most tables and peers use. Microseconds at any size.</summary>
    Limit,
}
