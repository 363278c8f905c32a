namespace Bellwether.Statistics.Drift;

/// <summary>Moore–Penrose inverse of a small symmetric matrix in a quadratic form, by Jacobi's rotations.</summary>
internal static class SymmetricInverse
{
    /// <summary>Eigenvalues below this share of the largest count as zero, as in numpy's <c>pinv</c>.</summary>
    private const double Negligible = 1e-15;

    /// <summary>vᵀA⁺v and the rank of A⁺.</summary>
    /// <param name="matrix">k·k elements of a symmetric positive semidefinite A; destroyed.</param>
    /// <param name="vector">k elements.</param>
    public static (double Form, int Rank) QuadraticForm(Span<double> matrix, ReadOnlySpan<double> vector)
    {
        int k = vector.Length;
        Span<double> turned = stackalloc double[k]; // v in the axes reached so far.
        vector.CopyTo(turned);
        for (int sweep = 0; sweep < 60 && OffDiagonal(matrix, k) > 0; sweep++)
        {
            for (int p = 0; p < k; p++)
            {
                for (int q = p + 1; q < k; q++) { Rotate(matrix, turned, p, q); }
            }
        }
        double largest = 0, smallest = double.PositiveInfinity, form = 0;
        for (int i = 0; i < k; i++) { largest = Math.Max(largest, matrix[(i * k) + i]); }
        int rank = 0;
        for (int i = 0; i < k; i++)
        {
            double value = matrix[(i * k) + i];
            if (!(value > Negligible * largest)) { continue; }
            form += turned[i] * turned[i] / value;
            smallest = Math.Min(smallest, value);
        }
        for (int i = 0; i < k; i++)
        {
            double value = matrix[(i * k) + i];
            // numpy's matrix_rank of the inverse: reciprocals above k·2⁻⁵² of the largest.
            if (value > Negligible * largest && 1 / value > k * Math.Pow(2, -52) / smallest) { rank++; }
        }
        return (form, rank);
    }

    private static double OffDiagonal(ReadOnlySpan<double> matrix, int k)
    {
        double sum = 0;
        for (int p = 0; p < k; p++)
        {
            for (int q = p + 1; q < k; q++) { sum += Math.Abs(matrix[(p * k) + q]); }
        }
        return sum;
    }

    private static void Rotate(Span<double> matrix, Span<double> vector, int p, int q)
    {
        int k = vector.Length;
        double off = matrix[(p * k) + q];
        if (off == 0) { return; }
        double theta = (matrix[(q * k) + q] - matrix[(p * k) + p]) / (2 * off);
        double tangent = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1), sine = tangent * cosine;
        matrix[(p * k) + p] -= tangent * off;
        matrix[(q * k) + q] += tangent * off;
        matrix[(p * k) + q] = matrix[(q * k) + p] = 0;
        for (int r = 0; r < k; r++)
        {
            if (r == p || r == q) { continue; }
            double atP = matrix[(r * k) + p], atQ = matrix[(r * k) + q];
            matrix[(r * k) + p] = matrix[(p * k) + r] = (cosine * atP) - (sine * atQ);
            matrix[(r * k) + q] = matrix[(q * k) + r] = (sine * atP) + (cosine * atQ);
        }
        (vector[p], vector[q]) = ((cosine * vector[p]) - (sine * vector[q]), (sine * vector[p]) + (cosine * vector[q]));
    }
}
