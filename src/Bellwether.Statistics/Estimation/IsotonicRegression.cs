using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>The non-decreasing function nearest to outcomes in squared error, linear between its thresholds and constant beyond them.</summary>
/// <remarks>
/// Pool adjacent violators. As a calibrator it needs about a thousand rows: with fewer it learns the noise, and <see cref="PlattScaling"/>, with
/// two parameters, does better. Rows of equal score are averaged first, and thresholds inside a flat stretch are dropped, as in scikit-learn.
/// Sources: M. Ayer et al., Ann. Math. Stat. 26(4), 1955; B. Zadrozny, C. Elkan, KDD 2002 (as a calibrator).
/// </remarks>
public sealed class IsotonicRegression
{
    private readonly double[] _x;
    private readonly double[] _y;

    private IsotonicRegression(double[] x, double[] y) => (_x, _y) = (x, y);

    /// <summary>Scores at which the function is known, ascending; k ≥ 1.</summary>
    public IReadOnlyList<double> Scores => _x;

    /// <summary>Its values there, ascending.</summary>
    public IReadOnlyList<double> Values => _y;

    /// <summary>Fits n rows. O(n log n).</summary>
    /// <param name="scores">n ≥ 1 finite scores.</param>
    /// <param name="outcomes">n finite outcomes, 0 or 1 for a calibrator.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each; rows of weight 0 are left out.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a number is not finite, or the weights are not as described or all 0.</exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights = default)
    {
        if (scores.IsEmpty) { throw new ArgumentException("There is no row.", nameof(scores)); }
        if (scores.Length != outcomes.Length) { throw new ArgumentException($"Expected {scores.Length} outcomes, got {outcomes.Length}.", nameof(outcomes)); }
        var weight = SampleWeights.Of(weights, scores.Length);
        double[] keys = scores.ToArray(), values = outcomes.ToArray(), kept = new double[scores.Length];
        int[] order = new int[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (!double.IsFinite(keys[i])) { throw new ArgumentException($"Score {keys[i]} at {i} is not finite.", nameof(scores)); }
            if (!double.IsFinite(values[i])) { throw new ArgumentException($"Outcome {values[i]} at {i} is not finite.", nameof(outcomes)); }
            (order[i], kept[i]) = (i, weight[i]);
        }
        Array.Sort(keys, order);
        var (x, y, w) = Distinct(keys, order, values, kept);
        Pool(y, w);
        return Thin(x, y);
    }

    /// <summary>The function at a score; NaN at NaN. O(log k).</summary>
    public double Predict(double score)
    {
        if (double.IsNaN(score)) { return double.NaN; }
        if (score <= _x[0]) { return _y[0]; }
        if (score >= _x[^1]) { return _y[^1]; }
        int at = Array.BinarySearch(_x, score);
        return Between(at >= 0 ? at : ~at, score);
    }

    /// <summary>The function at each score of a list.</summary>
    /// <param name="scores">n scores, in any order.</param>
    /// <param name="values">Room for n values.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Predict(ReadOnlySpan<double> scores, Span<double> values)
    {
        if (scores.Length != values.Length) { throw new ArgumentException($"Expected room for {scores.Length} values, got {values.Length}.", nameof(values)); }
        for (int i = 0; i < scores.Length; i++) { values[i] = Predict(scores[i]); }
    }

    /// <summary>The value in (x[at − 1], x[at]].</summary>
    private double Between(int at, double score)
    {
        double slope = (_y[at] - _y[at - 1]) / (_x[at] - _x[at - 1]);
        return slope * (score - _x[at - 1]) + _y[at - 1];
    }

    /// <summary>The mean outcome of each distinct score.</summary>
    private static (double[] X, double[] Y, double[] W) Distinct(double[] keys, int[] order, double[] outcomes, double[] weights)
    {
        const double Resolution = 1e-15; // Scores nearer than this are one.
        var x = new List<double>();
        var y = new List<double>();
        var w = new List<double>();
        double[] tied = new double[keys.Length], tiedWeights = new double[keys.Length];
        for (int start = 0; start < keys.Length;)
        {
            int end = start, n = 0;
            for (; end < keys.Length && (end == start || keys[end] - keys[start] < Resolution); end++)
            {
                if (weights[order[end]] == 0) { continue; }
                (tied[n], tiedWeights[n]) = (outcomes[order[end]], weights[order[end]]);
                n++;
            }
            // By outcome first, so that the sums have the same digits in whatever order the rows came.
            Array.Sort(tied, tiedWeights, 0, n);
            double sum = 0, mass = 0;
            for (int i = 0; i < n; i++)
            {
                sum += tied[i] * tiedWeights[i];
                mass += tiedWeights[i];
            }
            if (n > 0)
            {
                x.Add(keys[start]);
                y.Add(sum / mass);
                w.Add(mass);
            }
            start = end;
        }
        return ([.. x], [.. y], [.. w]);
    }

    /// <summary>Replaces falling or level stretches by their means until the values rise. O(n): each block is joined at most once.</summary>
    private static void Pool(double[] y, double[] w)
    {
        int n = y.Length;
        int[] partner = new int[n]; // Of the first place of a block its last, and of the last its first.
        for (int k = 0; k < n; k++) { partner[k] = k; }
        for (int i = 0; i < n;)
        {
            int next = partner[i] + 1;
            if (next == n) { break; }
            if (y[i] < y[next])
            {
                i = next;
                continue;
            }
            double sum = w[i] * y[i], mass = w[i], last;
            do
            {
                last = y[next];
                sum += w[next] * last;
                mass += w[next];
                next = partner[next] + 1;
            }
            while (next < n && last >= y[next]);
            (y[i], w[i]) = (sum / mass, mass);
            (partner[i], partner[next - 1]) = (next - 1, i);
            if (i > 0) { i = partner[i - 1]; } // The block before may now be too high.
        }
        for (int i = 0; i < n; i = partner[i] + 1) { y.AsSpan(i, partner[i] - i + 1).Fill(y[i]); }
    }

    private static IsotonicRegression Thin(double[] x, double[] y)
    {
        bool[] keep = new bool[x.Length];
        for (int i = 0; i < x.Length; i++) { keep[i] = i == 0 || i == x.Length - 1 || y[i] != y[i - 1] || y[i] != y[i + 1]; }
        return new IsotonicRegression([.. x.Where((_, i) => keep[i])], [.. y.Where((_, i) => keep[i])]);
    }
}
