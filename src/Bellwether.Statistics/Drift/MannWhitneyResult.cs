namespace Bellwether.Statistics.Drift;

/// <summary>Result of a Mann–Whitney test.</summary>
/// <param name="U">
/// Pairs in which the reference's value is the greater one, ties counted half, in [0, n·m]. U/(n·m) estimates P(reference &gt; current) + P(tie)/2.
/// </param>
/// <param name="PValue">In [0, 1]; NaN when all values are equal and no continuity correction is asked for.</param>
public readonly record struct MannWhitneyResult(double U, double PValue);
