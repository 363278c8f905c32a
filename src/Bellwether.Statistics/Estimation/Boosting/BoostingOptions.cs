namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>How trees are boosted. The defaults are LightGBM's.</summary>
/// <param name="Trees">Trees, ≥ 1.</param>
/// <param name="LearningRate">Share of each tree that is added, in (0, 1].</param>
/// <param name="Leaves">Leaves a tree may have, ≥ 2. The leaf whose split gains most is split first.</param>
/// <param name="RowsInLeaf">Fewest rows in a leaf, ≥ 1.</param>
/// <param name="CurvatureInLeaf">Least sum of second derivatives in a leaf, ≥ 0.</param>
/// <param name="Bins">Bins of a feature, in [2, 255]; values are cut at quantiles between distinct ones.</param>
/// <param name="Ridge">Penalty ≥ 0 on the squares of leaf values.</param>
public sealed record BoostingOptions(
    int Trees = 100, double LearningRate = .1, int Leaves = 31, int RowsInLeaf = 20, double CurvatureInLeaf = 1e-3, int Bins = 255, double Ridge = 0)
{
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Leaves, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsInLeaf, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, 255);
        if (!(LearningRate is > 0 and <= 1)) { throw new ArgumentException($"Learning rate {LearningRate} is not in (0, 1].", nameof(LearningRate)); }
        if (!(CurvatureInLeaf >= 0)) { throw new ArgumentException($"Least curvature {CurvatureInLeaf} is not ≥ 0.", nameof(CurvatureInLeaf)); }
        if (!(Ridge >= 0)) { throw new ArgumentException($"Ridge {Ridge} is not ≥ 0.", nameof(Ridge)); }
    }
}
