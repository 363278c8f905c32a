namespace Bellwether.Statistics.Drift;

/// <summary>Result of a two-sample Kolmogorov–Smirnov test.</summary>
/// <param name="Statistic">The largest difference of the distribution functions in the direction asked for, in [0, 1].</param>
/// <param name="PValue">In [0, 1]; NaN where the asymptotic law is asked for with one value each, which it cannot judge.</param>
/// <param name="Location">The value at which the difference is reached; of several, the one scipy 1.10 reports.</param>
/// <param name="Sign">1 where the reference's distribution function is the higher one there (its values are smaller), −1 otherwise.</param>
public readonly record struct KolmogorovSmirnovResult(double Statistic, double PValue, double Location, int Sign);
