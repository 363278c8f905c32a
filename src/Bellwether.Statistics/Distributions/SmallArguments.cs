namespace Bellwether.Statistics.Distributions;

/// <summary>ln(1 + x) and eˣ − 1 without losing small x to rounding.</summary>
/// <remarks>
/// The platform's own compute them as they are written, and MathNet's are good to ten digits only. The error made in 1 + x or in eˣ is divided out
/// again. Source: W. Kahan, quoted in N. J. Higham, "Accuracy and stability of numerical algorithms", 2002, §1.14.
/// </remarks>
internal static class SmallArguments
{
    /// <summary>ln(1 + x) for x ≥ −1.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) || sum == 0 ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ − 1.</summary>
    public static double ExpMinusOne(double x)
    {
        double power = Math.Exp(x);
        if (power == 1) { return x; }
        double less = power - 1;
        return less == -1 || double.IsInfinity(power) ? less : less * (x / Math.Log(power));
    }
}
