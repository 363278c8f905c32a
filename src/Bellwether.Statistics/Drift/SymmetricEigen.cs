namespace Bellwether.Statistics.Drift;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.</summary>
/// <remarks>
/// Slower than tridiagonal methods on large matrices, and more exact: small eigenvalues keep their relative digits. Its digits do not depend
/// on the width of vectors. Source: C. G. J. Jacobi, J. reine angew. Math. 30, 1846; G. H. Golub, C. F. Van Loan, "Matrix Computations", §8.5.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60; // Convergence is quadratic; ten are many.

    /// <param name="matrix">n × n, row after row, symmetric; overwritten.</param>
    /// <param name="n">At least 1.</param>
    /// <returns>The eigenvalues, descending, and the eigenvectors of length 1 as rows in that order. O(n³) a sweep.</returns>
    public static (double[] Values, double[] Vectors) Of(double[] matrix, int n)
    {
        double[] turned = new double[n * n];
        for (int i = 0; i < n; i++) { turned[i * n + i] = 1; }
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, n) > 0; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++) { Rotate(matrix, turned, n, p, q); }
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[i * n + i])];
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) { turned.AsSpan(order[i] * n, n).CopyTo(vectors.AsSpan(i * n)); }
        return ([.. order.Select(i => matrix[i * n + i])], vectors);
    }

    private static double OffDiagonal(double[] matrix, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++) { sum += matrix[i * n + j] * matrix[i * n + j]; }
        }
        return sum;
    }

    private static void Rotate(double[] matrix, double[] turned, int n, int p, int q)
    {
        double off = matrix[p * n + q], first = matrix[p * n + p], second = matrix[q * n + q];
        if (Math.Abs(off) <= 1e-300 || Math.Abs(off) < 1e-17 * Math.Sqrt(Math.Abs(first * second)))
        {
            matrix[p * n + q] = matrix[q * n + p] = 0; // Below what the diagonal can see.
            return;
        }
        double slope = (second - first) / (2 * off);
        double tangent = Math.CopySign(1, slope) / (Math.Abs(slope) + Math.Sqrt(slope * slope + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1), sine = tangent * cosine;
        for (int k = 0; k < n; k++)
        {
            double a = matrix[k * n + p], b = matrix[k * n + q];
            matrix[k * n + p] = cosine * a - sine * b;
            matrix[k * n + q] = sine * a + cosine * b;
        }
        for (int k = 0; k < n; k++)
        {
            double a = matrix[p * n + k], b = matrix[q * n + k];
            matrix[p * n + k] = cosine * a - sine * b;
            matrix[q * n + k] = sine * a + cosine * b;
            a = turned[p * n + k];
            b = turned[q * n + k];
            turned[p * n + k] = cosine * a - sine * b;
            turned[q * n + k] = sine * a + cosine * b;
        }
        matrix[p * n + q] = matrix[q * n + p] = 0;
    }
}
