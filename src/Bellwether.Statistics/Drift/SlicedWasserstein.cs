using Bellwether.Statistics.Chance;

namespace Bellwether.Statistics.Drift;

/// <summary>Sliced Wasserstein-1 distance: the mean, over random directions, of the distance between both samples' projections.</summary>
/// <remarks>
/// Sees small shifts that many columns share, which no column shows alone; blind to what changes only how columns go together when they are
/// many, as few directions point there. Columns of unlike units have to be scaled first: a direction adds them up.
/// Source: J. Rabin, G. Peyré, J. Delon, M. Bernot, SSVM 2011; N. Bonneel et al., J. Math. Imaging Vis. 51, 2015.
/// </remarks>
public static class SlicedWasserstein
{
    /// <param name="Distance">At least 0, in units of the data.</param>
    /// <param name="StandardError">Of the mean over directions, whose true value it estimates; NaN of one direction, 0 of one column.</param>
    public readonly record struct Result(double Distance, double StandardError);

    /// <param name="reference">n ≥ 1 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 1 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="directions">At least 1; 50 to 100 is common.</param>
    /// <param name="seed">Of the directions: the same for figures that will be compared.</param>
    /// <returns>The distance and its error. Of one column the Wasserstein distance itself. O(directions·(n + m)·(columns + log(n + m))).</returns>
    /// <exception cref="ArgumentException">An argument is not as described.</exception>
    public static Result Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns, int directions, ulong seed)
    {
        int n = Rows.Require(reference, columns, 1, nameof(reference)), m = Rows.Require(current, columns, 1, nameof(current));
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        double[] x = new double[n], y = new double[m], direction = new double[columns];
        var chance = new SplitMix64(seed);
        double mean = 0, squares = 0;
        for (int i = 0; i < directions; i++)
        {
            Draw(chance, direction);
            Project(reference, direction, x);
            Project(current, direction, y);
            double distance = Wasserstein.Distance(x, y), before = distance - mean;
            mean += before / (i + 1);
            squares += before * (distance - mean);
        }
        double error = directions == 1 ? double.NaN : Math.Sqrt(Math.Max(squares, 0) / (directions - 1.0) / directions);
        return new Result(mean, columns == 1 ? 0 : error);
    }

    private static void Draw(SplitMix64 chance, double[] direction)
    {
        double length = 0;
        while (length == 0)
        {
            for (int i = 0; i < direction.Length; i++) { direction[i] = chance.NextNormal(); }
            foreach (double part in direction) { length += part * part; }
        }
        length = Math.Sqrt(length);
        for (int i = 0; i < direction.Length; i++) { direction[i] = direction.Length == 1 ? 1 : direction[i] / length; }
    }

    private static void Project(ReadOnlySpan<double> rows, double[] direction, double[] projections)
    {
        for (int i = 0; i < projections.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < direction.Length; j++) { sum += rows[i * direction.Length + j] * direction[j]; }
            projections[i] = sum;
        }
    }
}
