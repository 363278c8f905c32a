namespace Bellwether.Statistics.Estimation;

/// <summary>How a <see cref="DensityRatio"/> is fitted and when it is refused.</summary>
/// <param name="Bins">Bins of a feature, in [2, 255].</param>
/// <param name="Ridge">Penalty ≥ 0 on the squares of the bins' log-odds.</param>
/// <param name="Least">Least weight of a row.</param>
/// <param name="Greatest">Greatest weight of a row.</param>
/// <param name="FewestRows">Fewest effective rows.</param>
/// <param name="LeastShare">Least share of the reference's rows that are effective.</param>
public sealed record DensityRatioOptions(
    int Bins = 12, double Ridge = 3.3, double Least = 1e-3, double Greatest = 20, double FewestRows = 100, double LeastShare = .05);
