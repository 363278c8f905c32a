namespace Bellwether.Statistics.Drift;

/// <summary>How boosted trees grow. The defaults are LightGBM's.</summary>
/// <param name="Trees">At least 1.</param>
/// <param name="Leaves">Of each tree, at least 2.</param>
/// <param name="LearningRate">What a tree's correction is multiplied by, in (0, 1].</param>
/// <param name="LeastRows">A leaf's weight, in rows, at least 1.</param>
/// <param name="LeastHessian">A leaf's sum of second derivatives, at least 0.</param>
/// <param name="Bins">Of each column, in [2, 255].</param>
internal sealed record BoostedTreesOptions(
    int Trees = 100, int Leaves = 31, double LearningRate = .1, int LeastRows = 20, double LeastHessian = 1e-3, int Bins = 255)
{
    /// <summary>A bin of fewer rows joins its neighbour.</summary>
    public int LeastRowsOfBin => 3;
}
