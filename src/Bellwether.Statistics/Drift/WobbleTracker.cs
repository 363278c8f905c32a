namespace Bellwether.Statistics.Drift;

/// <summary>Foretells the next window's wobble from the last ones: a scalar Kalman filter for each event with a robust step.</summary>
/// <param name="Rho">Correlation from one window to the next, in [0, .98].</param>
/// <param name="Variance">J stationary variances before a window.</param>
/// <param name="S">J standard deviations of the wobble.</param>
/// <param name="Left">J variances of what is left after foretelling.</param>
/// <param name="Kurtosis">Mean excess kurtosis of the standardised remainder.</param>
internal sealed record WobbleTracker(double Rho, double[] Variance, double[] S, double[] Left, double Kurtosis)
{
    /// <summary>Reach of the tracker in units of <see cref="S"/>: farther it never widens the tolerated band.</summary>
    public const double Reach = 4;

    private const double MostPersistent = .98;
    private const double Shrinkage = 20;

    /// <summary>One robust update after a window: a residual counts up to three standard deviations.</summary>
    public static double Step(double w, double r, double n, double variance, double rho)
    {
        double limit = 3 * Math.Sqrt(variance + 1 / n);
        return rho * (w + variance / (variance + 1 / n) * Math.Clamp(r - w, -limit, limit));
    }

    /// <returns>Null when there is no wobble that stands out of the sampling noise.</returns>
    public static WobbleTracker? TryFit(
        double[] residuals, double[] rows, int events, int windowsPerDay, double meanInverse, double[] p, double[] vf, double meanVf)
    {
        int windows = rows.Length;
        double[] squares = new double[events];
        double products = 0;
        for (int w = 0; w < windows; w++)
        {
            for (int j = 0; j < events; j++)
            {
                double r = residuals[w * events + j];
                squares[j] += r * r;
                if (w > 0) { products += r * residuals[(w - 1) * events + j]; }
            }
        }
        for (int j = 0; j < events; j++) { squares[j] /= windows; }
        double meanSquare = EventReferenceFit.Mean(squares);
        double excess = meanSquare - meanInverse;
        if (excess <= meanInverse * Math.Sqrt(2.0 / windows)) { return null; }

        double rho = Math.Clamp(products / ((windows - 1) * events) / excess, 0, MostPersistent);
        double[] s = new double[events], variance = new double[events];
        for (int j = 0; j < events; j++)
        {
            double shrunk = (windows * squares[j] + Shrinkage * meanSquare) / (windows + Shrinkage) - meanInverse;
            double s2 = Math.Min(excess, Math.Max(0, shrunk));
            s[j] = Math.Sqrt(s2);
            double v = s2;
            for (int i = 0; i < 200; i++) { v = rho * rho * v * meanInverse / (v + meanInverse) + s2 * (1 - rho * rho); }
            variance[j] = v;
        }

        double[] surprises = Surprises(residuals, rows, events, rho, variance, s);
        double[] left = new double[events];
        double pooled = LongRun.Variance(surprises, rows, events, windowsPerDay, left);
        for (int j = 0; j < events; j++) { left[j] = Math.Min(pooled, left[j]) + Math.Min(vf[j], meanVf); }
        return new WobbleTracker(rho, variance, s, left, ExcessKurtosis(surprises, rows, events, left, p));
    }

    private static double[] Surprises(double[] residuals, double[] rows, int events, double rho, double[] variance, double[] s)
    {
        double[] surprises = new double[residuals.Length], state = new double[events];
        for (int w = 0; w < rows.Length; w++)
        {
            for (int j = 0; j < events; j++)
            {
                double r = residuals[w * events + j];
                surprises[w * events + j] = r - Math.Clamp(state[j], -Reach * s[j], Reach * s[j]);
                state[j] = Step(state[j], r, rows[w], variance[j], rho);
            }
        }
        return surprises;
    }

    private static double ExcessKurtosis(double[] surprises, double[] rows, int events, double[] left, double[] p)
    {
        // Events at the ends of the scale are skewed by the binomial itself; they speak only where there is nothing else.
        bool anyMiddle = p.Any(IsMiddle);
        double sum = 0;
        int counted = 0;
        for (int j = 0; j < events; j++)
        {
            if (anyMiddle && !IsMiddle(p[j])) { continue; }
            double second = 0, fourth = 0;
            for (int w = 0; w < rows.Length; w++)
            {
                double surprise = surprises[w * events + j];
                double z2 = surprise * surprise / (1 / rows[w] + left[j]);
                second += z2;
                fourth += z2 * z2;
            }
            second /= rows.Length;
            fourth /= rows.Length;
            if (second == 0) { continue; }
            sum += fourth / (second * second);
            counted++;
        }
        return counted == 0 ? 0 : sum / counted - 3;

        static bool IsMiddle(double share) => share is >= .02 and <= .98;
    }
}
