namespace Bellwether.Statistics.MultipleTesting;

/// <param name="Alpha">Expected share of false ones among the rejected, in (0, 1).</param>
/// <param name="InitialWealth">w₀, what may be spent before the first rejection, in (0, <paramref name="Alpha"/>]; null for α/10.</param>
public sealed record LordPlusPlusOptions(double Alpha = .05, double? InitialWealth = null);
