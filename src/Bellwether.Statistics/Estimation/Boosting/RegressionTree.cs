namespace Bellwether.Statistics.Estimation.Boosting;

/// <summary>One tree over binned features: rows whose bin is at most the cut go left.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [new Node(-1, 0, 0, 0, 0)];

    public int Leaves => (_nodes.Count + 1) / 2;

    /// <summary>Makes a leaf an inner node; answers its two new leaves.</summary>
    public (int Left, int Right) Split(int leaf, int feature, byte cut)
    {
        _nodes.Add(new Node(-1, 0, 0, 0, 0));
        _nodes.Add(new Node(-1, 0, 0, 0, 0));
        _nodes[leaf] = new Node(feature, cut, _nodes.Count - 2, _nodes.Count - 1, 0);
        return (_nodes.Count - 2, _nodes.Count - 1);
    }

    public void Value(int leaf, double value) => _nodes[leaf] = _nodes[leaf] with { Value = value };

    /// <summary>The value of the leaf that a row falls into.</summary>
    public double Predict(ReadOnlySpan<byte> codes)
    {
        var node = _nodes[0];
        while (node.Feature >= 0) { node = _nodes[codes[node.Feature] <= node.Cut ? node.Left : node.Right]; }
        return node.Value;
    }

    private readonly record struct Node(int Feature, byte Cut, int Left, int Right, double Value);
}
