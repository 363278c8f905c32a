using System.Globalization;

namespace Bellwether.Statistics.Drift;

/// <summary>The Gaussian kernel exp(−‖x − y‖²/(2σ²)), and its bandwidth σ from the data.</summary>
public static class RbfKernel
{
    /// <summary>More rows than this are refused where all pairs are held in memory: pass a sample of the rows.</summary>
    public const int MostRows = 4_000;

    /// <summary>The median heuristic: σ is the median distance over all pairs of rows of both samples together.</summary>
    /// <remarks>Source: A. Gretton et al., J. Mach. Learn. Res. 13, 2012, §8. In units of the data, so that σ follows a change of units.</remarks>
    /// <param name="reference">n ≥ 1 rows of finite values, one row after another.</param>
    /// <param name="current">m ≥ 1 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <returns>σ ≥ 0 in units of the data; 0 when most pairs are equal, and then no bandwidth can be told. O((n + m)²) time and memory.</returns>
    /// <exception cref="ArgumentException">A sample is not as described, or both have more than <see cref="MostRows"/> rows.</exception>
    public static double MedianBandwidth(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns)
    {
        Rows.Require(reference, columns, 1, nameof(reference));
        Rows.Require(current, columns, 1, nameof(current));
        double[] pooled = [.. reference, .. current];
        int rows = RequireFew(pooled.Length / columns, nameof(current));
        double[] squares = new double[rows * (rows - 1) / 2];
        int at = 0;
        for (int i = 1; i < rows; i++)
        {
            for (int j = 0; j < i; j++) { squares[at++] = SquaredDistance(pooled.AsSpan(i * columns, columns), pooled.AsSpan(j * columns, columns)); }
        }
        Array.Sort(squares);
        int middle = squares.Length / 2;
        double upper = Math.Sqrt(squares[middle]);
        return squares.Length % 2 == 1 ? upper : (Math.Sqrt(squares[middle - 1]) + upper) / 2;
    }

    /// <summary>Evidently's bandwidth: σ² is half the median squared distance within the reference, a row's distance from itself counted too.</summary>
    /// <param name="reference">n ≥ 1 rows of finite values, one row after another.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <returns>σ &gt; 0 in units of the data; √½ when most pairs are equal. O(n²) time and memory.</returns>
    /// <exception cref="ArgumentException">The sample is not as described, or has more than <see cref="MostRows"/> rows.</exception>
    public static double ReferenceBandwidth(ReadOnlySpan<double> reference, int columns)
    {
        int rows = RequireFew(Rows.Require(reference, columns, 1, nameof(reference)), nameof(reference));
        double[] squares = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                squares[i * rows + j] = SquaredDistance(reference.Slice(i * columns, columns), reference.Slice(j * columns, columns));
            }
        }
        Array.Sort(squares);
        // The nearest of the sorted distances, and of two as near the one at the even place.
        double sigma = Math.Sqrt(squares[(int)Math.Round((squares.Length - 1) / 2.0, MidpointRounding.ToEven)] / 2);
        return sigma > 0 ? sigma : Math.Sqrt(.5);
    }

    internal static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) { sum += (x[i] - y[i]) * (x[i] - y[i]); }
        return sum;
    }

    /// <summary>The factor −1/(2σ²) of the squared distance.</summary>
    internal static double Exponent(double sigma)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The bandwidth {sigma} is not a finite number above 0."), nameof(sigma));
        }
        return -1 / (2 * sigma * sigma);
    }

    internal static int RequireFew(int rows, string name) =>
        rows <= MostRows ? rows : throw new ArgumentException($"{rows} rows are more than {MostRows}: pass a sample of them.", name);
}
