using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Estimation;

/// <summary>Logistic regression by Newton's method, with an optional ridge on the coefficients but not the intercept.</summary>
/// <remarks>
/// Minimises Σ w·log-loss + ridge/2·Σβ². Without a ridge the coefficients of separable rows have no finite optimum; the iteration then stops with
/// <see cref="Converged"/> false. Source: D. R. Cox, J. R. Stat. Soc. B 20(2), 1958.
/// </remarks>
public sealed class LogisticRegression
{
    private readonly double[] _coefficients;

    private LogisticRegression(double intercept, double[] coefficients, bool converged) => (Intercept, _coefficients, Converged) = (intercept, coefficients, converged);

    /// <summary>Log-odds where all features are 0.</summary>
    public double Intercept { get; }

    /// <summary>Change of the log-odds by each of the d features.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Whether a step became smaller than 10⁻¹² before the hundredth.</summary>
    public bool Converged { get; }

    /// <summary>Fits n rows of d features. O(n·d²) a step.</summary>
    /// <param name="features">n·d finite numbers, row after row.</param>
    /// <param name="targets">n probabilities of the positive class in [0, 1]; outcomes are 0 or 1.</param>
    /// <param name="ridge">Penalty ≥ 0.</param>
    /// <param name="weights">n weights ≥ 0, or none for 1 each.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths do not fit, or a number is not as described.</exception>
    public static LogisticRegression Fit(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double ridge = 0, ReadOnlySpan<double> weights = default)
    {
        if (targets.IsEmpty || features.Length % targets.Length != 0)
        {
            throw new ArgumentException($"{features.Length} features are not those of {targets.Length} ≥ 1 rows.", nameof(features));
        }
        if (!(ridge >= 0) || !double.IsFinite(ridge)) { throw new ArgumentException($"Ridge {ridge} is not a finite number ≥ 0.", nameof(ridge)); }
        foreach (double feature in features)
        {
            if (!double.IsFinite(feature)) { throw new ArgumentException($"Feature {feature} is not finite.", nameof(features)); }
        }
        foreach (double target in targets)
        {
            if (!(target is >= 0 and <= 1)) { throw new ArgumentException($"Target {target} is not in [0, 1].", nameof(targets)); }
        }
        var weight = SampleWeights.Of(weights, targets.Length);
        int d = features.Length / targets.Length;
        double[] beta = new double[d + 1]; // The intercept last.
        double loss = Loss(features, targets, weight, ridge, beta);
        bool converged = false;
        for (int step = 0; step < 100 && !converged; step++)
        {
            double[] direction = Direction(features, targets, weight, ridge, beta);
            double size = 1;
            double[] next;
            double reached;
            do
            {
                next = [.. beta.Zip(direction, (b, change) => b - size * change)];
                reached = Loss(features, targets, weight, ridge, next);
                size /= 2;
            }
            while (!(reached <= loss + 1e-12 * Math.Abs(loss)) && size > 1e-10); // Newton overshoots far from the optimum.
            converged = direction.Max(Math.Abs) * size * 2 < 1e-12 * (1 + beta.Max(Math.Abs));
            (beta, loss) = (next, reached);
        }
        return new LogisticRegression(beta[d], beta[..d], converged && beta.All(double.IsFinite));
    }

    /// <summary>Probability of the positive class, in [0, 1].</summary>
    /// <param name="row">d features.</param>
    /// <exception cref="ArgumentException">The number of features differs.</exception>
    public double Predict(ReadOnlySpan<double> row)
    {
        if (row.Length != _coefficients.Length) { throw new ArgumentException($"Expected {_coefficients.Length} features, got {row.Length}.", nameof(row)); }
        double odds = Intercept;
        for (int k = 0; k < row.Length; k++) { odds += _coefficients[k] * row[k]; }
        return Sigmoid(odds);
    }

    internal static double Sigmoid(double odds) => odds >= 0 ? 1 / (1 + Math.Exp(-odds)) : Math.Exp(odds) / (1 + Math.Exp(odds));

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    internal static double Softplus(double x) => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));

    private static double Odds(ReadOnlySpan<double> row, double[] beta)
    {
        double odds = beta[^1];
        for (int k = 0; k < row.Length; k++) { odds += beta[k] * row[k]; }
        return odds;
    }

    private static double Loss(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, SampleWeights weight, double ridge, double[] beta)
    {
        int d = beta.Length - 1;
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double odds = Odds(features.Slice(i * d, d), beta);
            loss += weight[i] * (Softplus(odds) - targets[i] * odds);
        }
        for (int k = 0; k < d; k++) { loss += ridge / 2 * beta[k] * beta[k]; }
        return loss;
    }

    /// <summary>The Newton step: the solution of Hessian · step = gradient.</summary>
    private static double[] Direction(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, SampleWeights weight, double ridge, double[] beta)
    {
        int d = beta.Length - 1;
        double[] gradient = new double[d + 1];
        double[,] hessian = new double[d + 1, d + 1];
        for (int i = 0; i < targets.Length; i++)
        {
            var row = features.Slice(i * d, d);
            double p = Sigmoid(Odds(row, beta)), slope = weight[i] * (p - targets[i]), curve = weight[i] * p * (1 - p);
            for (int k = 0; k <= d; k++)
            {
                double x = k < d ? row[k] : 1;
                if (x == 0) { continue; }
                gradient[k] += slope * x;
                for (int l = 0; l <= k; l++) { hessian[k, l] += curve * x * (l < d ? row[l] : 1); }
            }
        }
        for (int k = 0; k < d; k++)
        {
            gradient[k] += ridge * beta[k];
            hessian[k, k] += ridge;
        }
        return Cholesky.Solve(hessian, gradient);
    }
}
