namespace Bellwether.Statistics.Performance;

/// <summary>Counts of positive and negative outcomes by bin of score: what is kept when the rows are not. Grids over the same bins add up.</summary>
/// <remarks>
/// Inside a bin the order of scores is lost. Each measure says by how much it may be off for that; the interval of sampling comes on top.
/// </remarks>
public sealed class ScoreGrid
{
    private readonly double[] _edges;
    private readonly long[] _positives;
    private readonly long[] _negatives;

    /// <summary>A grid of k bins.</summary>
    /// <param name="edges">k + 1 ≥ 2 edges of score, ascending without repetition; the outermost may be infinite.</param>
    /// <param name="positives">k counts ≥ 0 of rows with a positive outcome, bin by bin.</param>
    /// <param name="negatives">k counts ≥ 0 of rows with a negative outcome.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, the edges do not ascend, or a count is negative.</exception>
    public ScoreGrid(ReadOnlySpan<double> edges, ReadOnlySpan<long> positives, ReadOnlySpan<long> negatives)
    {
        if (edges.Length < 2) { throw new ArgumentException($"{edges.Length} edges are fewer than 2.", nameof(edges)); }
        for (int i = 0; i < edges.Length; i++)
        {
            if (double.IsNaN(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) { throw new ArgumentException($"Edge {edges[i]} at {i} does not ascend.", nameof(edges)); }
        }
        Require(positives, edges.Length - 1, nameof(positives));
        Require(negatives, edges.Length - 1, nameof(negatives));
        (_edges, _positives, _negatives) = (edges.ToArray(), positives.ToArray(), negatives.ToArray());
    }

    /// <summary>Rows with a positive outcome.</summary>
    public long Positives => _positives.Sum();

    /// <summary>Rows with a negative outcome.</summary>
    public long Negatives => _negatives.Sum();

    /// <summary>The grid of both sets of rows.</summary>
    /// <exception cref="ArgumentException">The bins differ.</exception>
    public ScoreGrid Add(ScoreGrid other)
    {
        if (!_edges.AsSpan().SequenceEqual(other._edges)) { throw new ArgumentException("The bins differ.", nameof(other)); }
        return new ScoreGrid(_edges, [.. _positives.Zip(other._positives, (a, b) => a + b)], [.. _negatives.Zip(other._negatives, (a, b) => a + b)]);
    }

    /// <summary>Area under the ROC curve, rows of one bin taken as ties, with DeLong's interval; OneClass unless both outcomes occur.</summary>
    /// <remarks>
    /// A pair inside a bin counts ½ where it should count 0, ½ or 1, so that the area of the rows is within half the share of such pairs,
    /// Σ PₖNₖ/(2PN): <paramref name="error"/>. The interval is lengthened by it on both sides. O(k).
    /// </remarks>
    /// <param name="error">How far the value may be from that of the rows, in [0, ½].</param>
    public Estimate RocAuc(out double error)
    {
        double positives = Positives, negatives = Negatives;
        error = 0;
        var state = Estimate.StateOf(positives + negatives);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        if (positives == 0 || negatives == 0) { return Estimate.CannotTell(MeasureState.OneClass); }
        double area = 0, below = 0, squareOfPositives = 0, squareOfNegatives = 0, positivesBelow = 0;
        for (int k = 0; k < _positives.Length; k++)
        {
            double placement = (below + _negatives[k] / 2.0) / negatives, reverse = (positives - positivesBelow - _positives[k] / 2.0) / positives;
            area += _positives[k] * placement;
            squareOfPositives += _positives[k] * placement * placement;
            squareOfNegatives += _negatives[k] * reverse * reverse;
            error += _positives[k] * (double)_negatives[k];
            below += _negatives[k];
            positivesBelow += _positives[k];
        }
        area /= positives;
        error /= 2 * positives * negatives;
        double variance = Of(squareOfPositives, positives) + Of(squareOfNegatives, negatives);
        var exact = variance > 0 ? Estimate.Normal(area, Math.Sqrt(variance), 0, 1) : Proportion.Wilson(area, Math.Min(positives, negatives));
        return exact with { Low = Math.Max(0, exact.Low - error), High = Math.Min(1, exact.High + error) };

        double Of(double squares, double n) => n > 1 ? Math.Max(0, squares - n * area * area) / (n - 1) / n : 0;
    }

    /// <summary>Expected calibration error over the grid's bins, when the scores are probabilities and the edges lie in [0, 1].</summary>
    /// <remarks>
    /// The mean probability of a bin is known to lie between its edges only; the middle is taken. The error of the rows over the same bins is
    /// within the mean half width of the bins, <paramref name="error"/>. The interval, of sampling alone, is lengthened by it. O(k).
    /// </remarks>
    /// <param name="error">How far the value may be from that of the rows over the same bins.</param>
    /// <exception cref="InvalidOperationException">The edges reach outside [0, 1].</exception>
    public Estimate CalibrationError(out double error)
    {
        if (_edges[0] < 0 || _edges[^1] > 1) { throw new InvalidOperationException("Calibration needs edges in [0, 1]."); }
        double rows = Positives + Negatives, value = 0, variance = 0;
        error = 0;
        var state = Estimate.StateOf(rows);
        if (state != MeasureState.Ok) { return Estimate.CannotTell(state); }
        for (int k = 0; k < _positives.Length; k++)
        {
            double n = _positives[k] + _negatives[k];
            if (n == 0) { continue; }
            double share = _positives[k] / n;
            value += n / rows * Math.Abs(share - (_edges[k] + _edges[k + 1]) / 2);
            variance += n * share * (1 - share) / (rows * rows);
            error += n / rows * (_edges[k + 1] - _edges[k]) / 2;
        }
        var exact = Estimate.Normal(value, Math.Sqrt(variance), 0, 1);
        return exact with { Low = Math.Max(0, exact.Low - error), High = Math.Min(1, exact.High + error) };
    }

    private static void Require(ReadOnlySpan<long> counts, int bins, string name)
    {
        if (counts.Length != bins) { throw new ArgumentException($"Expected {bins} counts, got {counts.Length}.", name); }
        for (int k = 0; k < bins; k++)
        {
            if (counts[k] < 0) { throw new ArgumentException($"Count {counts[k]} at {k} is negative.", name); }
        }
    }
}
