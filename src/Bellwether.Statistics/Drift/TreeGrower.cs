namespace Bellwether.Statistics.Drift;

/// <summary>Grows trees leaf by leaf, always where the loss falls most, from sums of derivatives per bin.</summary>
internal sealed class TreeGrower
{
    private const double Tiny = 1e-15;

    private readonly BoostedTreesOptions _options;
    private readonly FeatureBins[] _features;
    private readonly byte[][] _bins;
    private readonly int[] _offsets; // Where each column's bins begin in a leaf's sums.
    private readonly int[] _rows;
    private readonly int[] _spare;
    private readonly (float Gradient, float Hessian)[] _gathered;
    private readonly Leaf[] _leaves;

    public TreeGrower(FeatureBins[] features, byte[][] bins, int rows, BoostedTreesOptions options)
    {
        (_features, _bins, _options) = (features, bins, options);
        _offsets = new int[features.Length + 1];
        for (int i = 0; i < features.Length; i++) { _offsets[i + 1] = _offsets[i] + features[i].Count; }
        (_rows, _spare, _gathered) = (new int[rows], new int[rows], new (float Gradient, float Hessian)[rows]);
        _leaves = [.. Enumerable.Range(0, options.Leaves).Select(_ => new Leaf(_offsets[^1], features.Length))];
    }

    /// <summary>Grows one tree on the derivatives of the loss at the rows' scores, and adds its outputs to the scores.</summary>
    /// <returns>Null where no split lowers the loss.</returns>
    public BoostedTree? Grow(float[] gradients, float[] hessians, double[] scores)
    {
        for (int i = 0; i < _rows.Length; i++) { _rows[i] = i; }
        var root = _leaves[0];
        (root.First, root.Count) = (0, _rows.Length);
        (root.Gradient, root.Hessian) = (0, 0);
        for (int i = 0; i < _rows.Length; i++)
        {
            root.Gradient += gradients[i];
            root.Hessian += hessians[i];
        }
        Sum(root, gradients, hessians);
        Array.Fill(root.Splittable, true);
        FindBest(root);
        var tree = new BoostedTree(_options.Leaves);
        while (tree.Leaves < _options.Leaves)
        {
            int at = 0;
            for (int i = 1; i < tree.Leaves; i++)
            {
                var (leaf, best) = (_leaves[i], _leaves[at]);
                if (leaf.Gain > best.Gain || (leaf.Gain == best.Gain && leaf.Column < best.Column)) { at = i; }
            }
            if (!(_leaves[at].Gain > 0)) { break; }
            Split(tree, at, gradients, hessians);
        }
        if (tree.Leaves == 1) { return null; }
        for (int i = 0; i < tree.Leaves; i++)
        {
            var leaf = _leaves[i];
            tree.Outputs[i] = leaf.Output * _options.LearningRate;
            foreach (int row in _rows.AsSpan(leaf.First, leaf.Count)) { scores[row] += tree.Outputs[i]; }
        }
        return tree;
    }

    private void Split(BoostedTree tree, int at, float[] gradients, float[] hessians)
    {
        var left = _leaves[at];
        int number = tree.Split(at, left.Column, left.Bin, left.MissingLeft);
        var right = _leaves[number];
        int going = Partition(left);
        (right.First, right.Count) = (left.First + going, left.Count - going);
        (right.Gradient, right.Hessian) = (left.Gradient - left.LeftGradient, left.RightHessian);
        (left.Count, left.Gradient, left.Hessian) = (going, left.LeftGradient, left.LeftHessian);
        (left.Output, right.Output) = (left.LeftOutput, left.RightOutput);
        // Only the smaller part is summed again; the larger one is what remains of the whole.
        if (left.Count < right.Count)
        {
            (left.Sums, right.Sums) = (right.Sums, left.Sums);
            Sum(left, gradients, hessians);
            Subtract(right.Sums, left.Sums);
        }
        else
        {
            Sum(right, gradients, hessians);
            Subtract(left.Sums, right.Sums);
        }
        left.Splittable.CopyTo(right.Splittable, 0);
        FindBest(left);
        FindBest(right);
    }

    /// <summary>Brings the rows that go left before the others, keeping their order.</summary>
    private int Partition(Leaf leaf)
    {
        byte[] bins = _bins[leaf.Column];
        int missing = _features[leaf.Column].ValueBins, going = 0, staying = 0;
        var rows = _rows.AsSpan(leaf.First, leaf.Count);
        foreach (int row in rows)
        {
            bool left = bins[row] == missing ? leaf.MissingLeft : bins[row] <= leaf.Bin;
            if (left) { rows[going++] = row; }
            else { _spare[staying++] = row; }
        }
        _spare.AsSpan(0, staying).CopyTo(rows[going..]);
        return going;
    }

    private void Sum(Leaf leaf, float[] gradients, float[] hessians)
    {
        Array.Clear(leaf.Sums);
        var rows = _rows.AsSpan(leaf.First, leaf.Count);
        var derivatives = _gathered.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            derivatives[i] = (gradients[rows[i]], hessians[rows[i]]); // Gathered once, and then read in order for each column.
        }
        for (int column = 0; column < _features.Length; column++)
        {
            byte[] bins = _bins[column];
            var sums = leaf.Sums.AsSpan(_offsets[column], _features[column].Count);
            for (int i = 0; i < rows.Length && i < derivatives.Length; i++)
            {
                ref var sum = ref sums[bins[rows[i]]];
                sum.Gradient += derivatives[i].Gradient;
                sum.Hessian += derivatives[i].Hessian;
            }
            Imply(leaf, sums, _features[column].Implied);
        }
    }

    /// <summary>
    /// Rounding makes the implied bin's sums differ in their last digits. That decides which of equal splits is taken, and where a leaf holds
    /// one class only all splits are equal: areas of rows far from all that was learned hang on it.
    /// </summary>
    private static void Imply(Leaf leaf, Span<(double Gradient, double Hessian)> sums, int implied)
    {
        if (implied == 0) { return; } // No split has it on the right, whose sums are added up.
        double gradient = leaf.Gradient, hessian = leaf.Hessian;
        for (int i = 0; i < sums.Length; i++)
        {
            if (i == implied) { continue; }
            gradient -= sums[i].Gradient;
            hessian -= sums[i].Hessian;
        }
        sums[implied] = (gradient, hessian);
    }

    private static void Subtract((double Gradient, double Hessian)[] whole, (double Gradient, double Hessian)[] part)
    {
        for (int i = 0; i < whole.Length; i++) { whole[i] = (whole[i].Gradient - part[i].Gradient, whole[i].Hessian - part[i].Hessian); }
    }

    private void FindBest(Leaf leaf)
    {
        leaf.Gain = double.NegativeInfinity;
        if (leaf.Count < 2 * _options.LeastRows || leaf.Hessian < 2 * _options.LeastHessian) { return; }
        for (int column = 0; column < _features.Length; column++)
        {
            // Where a leaf could not be split, LightGBM does not try its parts either, although their estimated rows might allow it.
            if (!leaf.Splittable[column]) { continue; }
            leaf.Splittable[column] = Scan(leaf, column, missingLeft: true) | (_features[column].HasMissing && Scan(leaf, column, missingLeft: false));
        }
    }

    /// <summary>Tries every bin's upper edge from the greatest down. As in LightGBM a side's rows are estimated from its second derivatives.</summary>
    /// <returns>Whether any lowers the loss.</returns>
    private bool Scan(Leaf leaf, int column, bool missingLeft)
    {
        var feature = _features[column];
        var sums = leaf.Sums.AsSpan(_offsets[column], feature.Count);
        double all = leaf.Hessian + 2 * Tiny, rowsPerHessian = leaf.Count / all, whole = leaf.Gradient * leaf.Gradient / all;
        double gradient = 0, hessian = Tiny, best = double.NegativeInfinity, bestGradient = 0, bestHessian = 0;
        int bestBin = 0;
        int rows = 0;
        if (!missingLeft) { Add(sums[^1]); }
        for (int bin = feature.ValueBins - 1; bin > 0; bin--)
        {
            Add(sums[bin]);
            if (rows < _options.LeastRows || hessian < _options.LeastHessian) { continue; }
            double leftHessian = all - hessian;
            if (leaf.Count - rows < _options.LeastRows || leftHessian < _options.LeastHessian) { break; }
            double leftGradient = leaf.Gradient - gradient;
            double parts = leftGradient * leftGradient / leftHessian + gradient * gradient / hessian;
            if (!(parts > whole) || !(parts > best)) { continue; }
            (best, bestBin, bestGradient, bestHessian) = (parts, bin - 1, leftGradient, leftHessian);
        }
        if (double.IsNegativeInfinity(best)) { return false; }
        if (!(best - whole > leaf.Gain)) { return true; }
        (leaf.Gain, leaf.Column, leaf.Bin, leaf.MissingLeft) = (best - whole, column, bestBin, missingLeft);
        (leaf.LeftGradient, leaf.LeftHessian, leaf.RightHessian) = (bestGradient, bestHessian - Tiny, all - bestHessian - Tiny);
        (leaf.LeftOutput, leaf.RightOutput) = (-bestGradient / bestHessian, -(leaf.Gradient - bestGradient) / (all - bestHessian));
        return true;

        void Add((double Gradient, double Hessian) sum)
        {
            gradient += sum.Gradient;
            hessian += sum.Hessian;
            rows += (int)(sum.Hessian * rowsPerHessian + .5);
        }
    }

    /// <summary>A leaf while its tree grows: its rows, its sums per bin, and its best split.</summary>
    private sealed class Leaf(int bins, int columns)
    {
        public readonly bool[] Splittable = new bool[columns];
        public (double Gradient, double Hessian)[] Sums = new (double Gradient, double Hessian)[bins];
        public int First;
        public int Count;
        public double Gradient;
        public double Hessian;
        public double Gain;
        public int Column;
        public int Bin;
        public bool MissingLeft;
        public double LeftGradient;
        public double LeftHessian;
        public double RightHessian;
        public double LeftOutput;
        public double RightOutput;
        public double Output;
    }
}
