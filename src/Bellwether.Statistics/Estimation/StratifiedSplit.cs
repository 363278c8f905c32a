using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Splits of two-class rows at random into a larger and a smaller part that keep the shares of the classes, as scikit-learn draws them.</summary>
internal sealed class StratifiedSplit
{
    private readonly int[][] _rows;
    private readonly int _train;
    private readonly int _test;
    private readonly MersenneTwister _chance;

    /// <param name="actual">Classes; each at least twice.</param>
    /// <param name="testShare">Share of rows in the smaller part, rounded up to whole rows.</param>
    /// <param name="seed">Seed of the Mersenne Twister.</param>
    public StratifiedSplit(ReadOnlySpan<bool> actual, double testShare, uint seed)
    {
        var negatives = new List<int>();
        var positives = new List<int>();
        for (int i = 0; i < actual.Length; i++) { (actual[i] ? positives : negatives).Add(i); }
        _rows = [[.. negatives], [.. positives]];
        _test = (int)Math.Ceiling(testShare * actual.Length);
        _train = actual.Length - _test;
        _chance = new MersenneTwister(seed);
    }

    /// <summary>The next split.</summary>
    public (int[] Train, int[] Test) Next()
    {
        int[] counts = [_rows[0].Length, _rows[1].Length];
        int[] forTrain = Apportion(counts, _train), forTest = Apportion([counts[0] - forTrain[0], counts[1] - forTrain[1]], _test);
        var train = new List<int>();
        var test = new List<int>();
        for (int label = 0; label < 2; label++)
        {
            int[] order = _chance.Permutation(counts[label]);
            train.AddRange(order.Take(forTrain[label]).Select(at => _rows[label][at]));
            test.AddRange(order.Skip(forTrain[label]).Take(forTest[label]).Select(at => _rows[label][at]));
        }
        int[] trainRows = [.. train], testRows = [.. test];
        _chance.Shuffle(trainRows);
        _chance.Shuffle(testRows);
        return (trainRows, testRows);
    }

    /// <summary>Draws in proportion to counts; what rounding down leaves goes to the greatest remainders, ties by lot.</summary>
    private int[] Apportion(int[] counts, int draws)
    {
        double sum = counts[0] + counts[1];
        double[] exact = [counts[0] / sum * draws, counts[1] / sum * draws];
        int[] parts = [(int)Math.Floor(exact[0]), (int)Math.Floor(exact[1])];
        double[] remainders = [exact[0] - parts[0], exact[1] - parts[1]];
        int left = draws - parts[0] - parts[1];
        if (left <= 0) { return parts; }
        if (remainders[0] == remainders[1])
        {
            int[] order = _chance.Permutation(2);
            for (int i = 0; i < Math.Min(left, 2); i++) { parts[order[i]]++; }
            return parts;
        }
        int greater = remainders[0] > remainders[1] ? 0 : 1;
        parts[greater]++;
        if (left > 1) { parts[1 - greater]++; }
        return parts;
    }
}
