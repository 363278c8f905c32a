namespace Bellwether.Statistics.Drift;

/// <summary>One grown tree: nodes in arrays, a negative child standing for the leaf −child − 1.</summary>
internal sealed class BoostedTree(int leaves)
{
    private readonly int[] _column = new int[leaves - 1];
    private readonly int[] _bin = new int[leaves - 1]; // Values of this bin and below go left.
    private readonly bool[] _missingLeft = new bool[leaves - 1];
    private readonly int[] _left = new int[leaves - 1];
    private readonly int[] _right = new int[leaves - 1];
    private readonly int[] _parent = Enumerable.Repeat(-1, leaves).ToArray(); // Of each leaf.
    private int _nodes;

    /// <summary>What each leaf adds to the score of its rows.</summary>
    public double[] Outputs { get; } = new double[leaves];

    public int Leaves => _nodes + 1;

    /// <summary>Turns a leaf into a node: the left rows keep its number, the right ones get the next.</summary>
    public int Split(int leaf, int column, int bin, bool missingLeft)
    {
        int node = _nodes++, right = _nodes, parent = _parent[leaf];
        if (parent >= 0)
        {
            if (_left[parent] == -leaf - 1) { _left[parent] = node; }
            else { _right[parent] = node; }
        }
        (_column[node], _bin[node], _missingLeft[node]) = (column, bin, missingLeft);
        (_left[node], _right[node]) = (-leaf - 1, -right - 1);
        (_parent[leaf], _parent[right]) = (node, node);
        return right;
    }

    /// <summary>The output for row <paramref name="row"/> of columns of bins.</summary>
    public double Predict(byte[][] bins, FeatureBins[] features, int row)
    {
        if (_nodes == 0) { return Outputs[0]; }
        int at = 0;
        while (at >= 0)
        {
            int bin = bins[_column[at]][row];
            bool left = bin == features[_column[at]].ValueBins ? _missingLeft[at] : bin <= _bin[at];
            at = left ? _left[at] : _right[at];
        }
        return Outputs[-at - 1];
    }
}
