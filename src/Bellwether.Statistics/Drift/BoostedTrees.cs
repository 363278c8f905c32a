namespace Bellwether.Statistics.Drift;

/// <summary>A classifier of two classes by gradient-boosted trees over binned columns, with LightGBM's defaults and rules for numeric columns.</summary>
/// <remarks>
/// Deterministic: no sampling, no threads. Of numeric columns without missing values it grows the trees of LightGBM 4.7, split for split and
/// digit for digit, as measured beside it; categories are split as ordered numbers, unlike there.
/// Source: G. Ke et al., NeurIPS 2017; J. H. Friedman, Ann. Stat. 29(5), 2001.
/// </remarks>
internal sealed class BoostedTrees
{
    private readonly FeatureBins[] _features;
    private readonly List<BoostedTree> _trees;
    private readonly double _start;

    private BoostedTrees(FeatureBins[] features, List<BoostedTree> trees, double start)
    {
        _features = features;
        _trees = trees;
        _start = start;
    }

    /// <param name="columns">Columns of n values, NaN where missing.</param>
    /// <param name="labels">n classes, both present.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="options">How trees grow.</param>
    public static BoostedTrees Fit(double[][] columns, bool[] labels, int[] rows, BoostedTreesOptions options)
    {
        double[][] seen = [.. columns.Select(column => rows.Select(row => column[row]).ToArray())];
        FeatureBins[] features = [.. seen.Select(column => FeatureBins.Fit(column, options))];
        byte[][] bins = Binned(features, seen);
        bool[] targets = [.. rows.Select(row => labels[row])];
        double share = targets.Count(target => target) / (double)targets.Length, start = Math.Log(share / (1 - share));
        double[] scores = new double[rows.Length];
        Array.Fill(scores, start);
        float[] gradients = new float[rows.Length], hessians = new float[rows.Length];
        var grower = new TreeGrower(features, bins, rows.Length, options);
        var trees = new List<BoostedTree>(options.Trees);
        for (int i = 0; i < options.Trees; i++)
        {
            for (int row = 0; row < rows.Length; row++)
            {
                double wrong = 1 / (1 + Math.Exp(targets[row] ? scores[row] : -scores[row])); // The chance given to the other class.
                gradients[row] = (float)(targets[row] ? -wrong : wrong);
                hessians[row] = (float)(wrong * (1 - wrong));
            }
            if (grower.Grow(gradients, hessians, scores) is not { } tree) { break; }
            trees.Add(tree);
        }
        return new BoostedTrees(features, trees, start);
    }

    /// <summary>The chance of the class for some rows, in (0, 1).</summary>
    public double[] Predict(double[][] columns, int[] rows)
    {
        byte[][] bins = Binned(_features, [.. columns.Select(column => rows.Select(row => column[row]).ToArray())]);
        double[] scores = new double[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            double score = _start;
            foreach (var tree in _trees) { score += tree.Predict(bins, _features, row); }
            scores[row] = 1 / (1 + Math.Exp(-score));
        }
        return scores;
    }

    private static byte[][] Binned(FeatureBins[] features, double[][] columns)
    {
        byte[][] bins = new byte[columns.Length][];
        for (int i = 0; i < columns.Length; i++)
        {
            bins[i] = new byte[columns[i].Length];
            for (int row = 0; row < bins[i].Length; row++) { bins[i][row] = (byte)features[i].Of(columns[i][row]); }
        }
        return bins;
    }
}
