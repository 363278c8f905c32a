namespace Bellwether.Statistics.Ordering;

/// <summary>
/// The largest differences between the distribution functions F of a reference of n values and G of m current ones, as whole numbers:
/// <c>Above</c> = n·m·max(F − G) ≥ 0 and <c>Below</c> = n·m·max(G − F) ≥ 0, with the values at which they are
/// reached and as what they come out in floating point, i/n − j/m.
/// </summary>
/// <remarks>
/// Whole numbers make ties exact. Where several values reach a difference, the one that scipy 1.10 reports is taken: the largest as a
/// rounded i/n − j/m, the smallest such value of the reference before any that only the current sample has.
/// </remarks>
internal readonly record struct DistributionGap(
    long Above, double AboveRounded, double AboveAt, long Below, double BelowRounded, double BelowAt);
