namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>Grows one tree leaf by leaf, the most gainful split first, from histograms of gradients.</summary>
/// <remarks>The histogram of the larger child is its parent's less the smaller's. Source: G. Ke et al., "LightGBM", NIPS 2017.</remarks>
internal sealed class TreeGrower(FeatureBins bins, byte[] codes, int rows, BoostingOptions options)
{
    private readonly int[] _starts = [.. Enumerable.Range(0, bins.Features + 1).Select(k => Enumerable.Range(0, k).Sum(bins.Count))];
    private readonly int[] _order = new int[rows];
    private readonly int[] _scratch = new int[rows];

    /// <summary>A tree for the gradients, its leaf values added to the predictions with the learning rate.</summary>
    public RegressionTree Grow(double[] gradients, double[] curvatures, double[] predictions)
    {
        for (int i = 0; i < rows; i++) { _order[i] = i; }
        var tree = new RegressionTree();
        var leaves = new List<Leaf> { Open(0, 0, rows, Histogram(0, rows, gradients, curvatures)) };
        while (leaves.Count < options.Leaves)
        {
            var best = leaves.MaxBy(leaf => leaf.Gain)!;
            if (!(best.Gain > 0)) { break; }
            int middle = Part(best);
            var (left, right) = tree.Split(best.Node, best.Feature, best.Cut);
            bool leftIsSmaller = middle - best.Start <= best.End - middle;
            double[] smaller = leftIsSmaller ? Histogram(best.Start, middle, gradients, curvatures) : Histogram(middle, best.End, gradients, curvatures);
            double[] larger = best.Histogram;
            for (int i = 0; i < larger.Length; i++) { larger[i] -= smaller[i]; }
            leaves.Remove(best);
            leaves.Add(Open(left, best.Start, middle, leftIsSmaller ? smaller : larger));
            leaves.Add(Open(right, middle, best.End, leftIsSmaller ? larger : smaller));
        }
        foreach (var leaf in leaves)
        {
            double value = -leaf.Gradient / (leaf.Curvature + options.Ridge) * options.LearningRate;
            tree.Value(leaf.Node, double.IsFinite(value) ? value : 0);
            for (int i = leaf.Start; i < leaf.End; i++) { predictions[_order[i]] += double.IsFinite(value) ? value : 0; }
        }
        return tree;
    }

    /// <summary>Sum of gradients, sum of curvatures and count of each bin of each feature.</summary>
    private double[] Histogram(int start, int end, double[] gradients, double[] curvatures)
    {
        double[] sums = new double[3 * _starts[^1]];
        for (int k = 0; k < bins.Features; k++)
        {
            var column = codes.AsSpan(k * rows, rows);
            var own = sums.AsSpan(3 * _starts[k]);
            for (int i = start; i < end; i++)
            {
                int row = _order[i], at = 3 * column[row];
                own[at] += gradients[row];
                own[at + 1] += curvatures[row];
                own[at + 2]++;
            }
        }
        return sums;
    }

    /// <summary>A leaf with its best split, if any keeps enough rows on both sides.</summary>
    private Leaf Open(int node, int start, int end, double[] histogram)
    {
        double gradient = 0, curvature = 0, count = end - start;
        for (int bin = 0; bin < bins.Count(0); bin++) { (gradient, curvature) = (gradient + histogram[3 * bin], curvature + histogram[3 * bin + 1]); }
        var leaf = new Leaf(node, start, end, histogram, gradient, curvature, 0, 0, 0);
        double whole = gradient * gradient / (curvature + options.Ridge);
        for (int k = 0; k < bins.Features; k++)
        {
            // From the highest cut down, so that of cuts with the same gain the highest stays.
            double g = 0, h = 0, n = 0;
            for (int bin = bins.Count(k) - 1; bin > 0; bin--)
            {
                int at = 3 * (_starts[k] + bin);
                (g, h, n) = (g + histogram[at], h + histogram[at + 1], n + histogram[at + 2]);
                if (n < options.RowsInLeaf || h < options.CurvatureInLeaf) { continue; }
                if (count - n < options.RowsInLeaf || curvature - h < options.CurvatureInLeaf) { break; }
                double gain = g * g / (h + options.Ridge) + (gradient - g) * (gradient - g) / (curvature - h + options.Ridge) - whole;
                // A gain of rounding dust would split constant targets.
                if (gain > leaf.Gain && gain > 1e-12 * whole) { leaf = leaf with { Gain = gain, Feature = k, Cut = (byte)(bin - 1) }; }
            }
        }
        return leaf;
    }

    /// <summary>Puts the rows that go left first; answers where the others start. Keeps their order.</summary>
    private int Part(Leaf leaf)
    {
        var column = codes.AsSpan(leaf.Feature * rows, rows);
        int left = leaf.Start, kept = 0;
        for (int i = leaf.Start; i < leaf.End; i++)
        {
            int row = _order[i];
            if (column[row] <= leaf.Cut) { _order[left++] = row; } else { _scratch[kept++] = row; }
        }
        _scratch.AsSpan(0, kept).CopyTo(_order.AsSpan(left));
        return left;
    }

    private sealed record Leaf(int Node, int Start, int End, double[] Histogram, double Gradient, double Curvature, double Gain, int Feature, byte Cut);
}
