namespace Bellwether.Statistics.Estimation;

/// <summary>Solves symmetric positive definite systems, given the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>x of A·x = b; directions in which A has no curvature left get 0.</summary>
    public static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        double[] x = [.. b];
        double greatest = 0;
        for (int i = 0; i < n; i++) { greatest = Math.Max(greatest, a[i, i]); }
        bool[] flat = new bool[n];
        for (int j = 0; j < n; j++)
        {
            double pivot = a[j, j];
            for (int k = 0; k < j; k++) { pivot -= a[j, k] * a[j, k]; }
            flat[j] = !(pivot > greatest * 1e-15);
            a[j, j] = flat[j] ? 1 : Math.Sqrt(pivot);
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++) { sum -= a[i, k] * a[j, k]; }
                a[i, j] = flat[j] ? 0 : sum / a[j, j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) { x[i] -= a[i, k] * x[k]; }
            x[i] = flat[i] ? 0 : x[i] / a[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) { x[i] -= a[k, i] * x[k]; }
            x[i] = flat[i] ? 0 : x[i] / a[i, i];
        }
        return x;
    }
}
