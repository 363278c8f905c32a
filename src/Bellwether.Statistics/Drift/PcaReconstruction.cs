namespace Bellwether.Statistics.Drift;

/// <summary>How badly the principal components of a reference describe later rows: drift in how columns go together.</summary>
/// <remarks>
/// The reference's columns are scaled to mean 0 and deviation 1; the first components that together hold the asked share of the variance are
/// kept; the error of a row is the length of what they miss, in deviations. It sees changed correlations that no column shows alone, if they
/// are large and linear: changes in the kept directions are invisible to it, and it can fall as well as rise. Missing values count as the
/// reference's mean. Source: NannyML, "How it works: data reconstruction with PCA"; K. Pearson, Philosophical Magazine 2, 1901.
/// </remarks>
public sealed class PcaReconstruction
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _components; // As rows.

    private PcaReconstruction(double[] means, double[] scales, double[] components, double[] shares)
    {
        _means = means;
        _scales = scales;
        _components = components;
        ExplainedShares = shares;
    }

    /// <summary>The share of the variance that each kept component holds, descending.</summary>
    public IReadOnlyList<double> ExplainedShares { get; }

    /// <param name="Mean">The mean error of the rows, in standard deviations of the reference's columns; at least 0; NaN of no rows.</param>
    /// <param name="StandardError">Of the mean, from the rows' own errors; NaN of fewer than two rows.</param>
    public readonly record struct Result(double Mean, double StandardError);

    /// <param name="reference">n ≥ 2 rows, one after another; NaN is missing. Categories come as numbers, see <see cref="CategoryShares"/>.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <param name="share">The least share of the variance to keep, in (0, 1).</param>
    /// <returns>The fit. Where no column varies no component is kept, and every change is an error. O(n·columns² + columns³).</returns>
    /// <exception cref="ArgumentException">The rows are not as described, a column has no value, or the share is not within its range.</exception>
    public static PcaReconstruction Fit(ReadOnlySpan<double> reference, int columns, double share = .65)
    {
        int rows = Rows.Require(reference, columns, 2, nameof(reference), allowMissing: true);
        if (!(share > 0 && share < 1)) { throw new ArgumentOutOfRangeException(nameof(share), share, "The share to keep lies in (0, 1)."); }
        double[] means = new double[columns], scales = new double[columns];
        for (int j = 0; j < columns; j++) { (means[j], scales[j]) = Scale(reference, columns, j); }
        var bare = new PcaReconstruction(means, scales, [], []);
        double[] covariance = new double[columns * columns], row = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            bare.Standardise(reference.Slice(i * columns, columns), row);
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k <= j; k++) { covariance[j * columns + k] += row[j] * row[k]; }
            }
        }
        double all = 0;
        for (int j = 0; j < columns; j++)
        {
            all += covariance[j * columns + j];
            for (int k = 0; k < j; k++) { covariance[k * columns + j] = covariance[j * columns + k]; }
        }
        var (values, vectors) = SymmetricEigen.Of(covariance, columns);
        int kept = 0;
        double held = 0;
        while (all > 0 && kept < columns && held <= share) { held += values[kept++] / all; }
        return new PcaReconstruction(means, scales, vectors[..(kept * columns)], [.. values.Take(kept).Select(value => value / all)]);
    }

    /// <summary>The mean error of rows.</summary>
    /// <param name="rows">n ≥ 0 rows of as many columns as the reference's; NaN is missing.</param>
    /// <exception cref="ArgumentException">The values do not fill rows, or one is infinite.</exception>
    public Result Error(ReadOnlySpan<double> rows)
    {
        int columns = _means.Length, count = Rows.Require(rows, columns, 0, nameof(rows), allowMissing: true);
        double[] row = new double[columns], missed = new double[columns];
        double mean = 0, squares = 0;
        for (int i = 0; i < count; i++)
        {
            Standardise(rows.Slice(i * columns, columns), row);
            row.CopyTo(missed, 0);
            for (int component = 0; component < _components.Length; component += columns)
            {
                var direction = _components.AsSpan(component, columns);
                double along = 0;
                for (int j = 0; j < columns; j++) { along += direction[j] * row[j]; }
                for (int j = 0; j < columns; j++) { missed[j] -= along * direction[j]; }
            }
            double error = 0;
            foreach (double part in missed) { error += part * part; }
            error = Math.Sqrt(error);
            double before = error - mean;
            mean += before / (i + 1);
            squares += before * (error - mean);
        }
        return new Result(count == 0 ? double.NaN : mean, count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1) / count));
    }

    private void Standardise(ReadOnlySpan<double> row, double[] scaled)
    {
        for (int j = 0; j < scaled.Length; j++) { scaled[j] = double.IsNaN(row[j]) ? 0 : (row[j] - _means[j]) / _scales[j]; }
    }

    /// <summary>The mean of what is there, and the deviation after the mean has filled what is not; 1 for a column that does not vary beyond rounding.</summary>
    private static (double Mean, double Scale) Scale(ReadOnlySpan<double> rows, int columns, int column)
    {
        int n = rows.Length / columns, present = 0;
        double sum = 0, squares = 0;
        for (int i = column; i < rows.Length; i += columns)
        {
            if (double.IsNaN(rows[i])) { continue; }
            sum += rows[i];
            present++;
        }
        if (present == 0) { throw new ArgumentException($"Column {column} has no value.", nameof(rows)); }
        double mean = sum / present;
        for (int i = column; i < rows.Length; i += columns)
        {
            if (!double.IsNaN(rows[i])) { squares += (rows[i] - mean) * (rows[i] - mean); }
        }
        double variance = squares / n, rounding = n * Math.ScaleB(1, -52);
        return (mean, variance <= rounding * variance + rounding * mean * (rounding * mean) ? 1 : Math.Sqrt(variance));
    }
}
