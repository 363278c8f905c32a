namespace Bellwether.Statistics.Experiments;

/// <param name="Theta">θ: how much of the earlier value is taken off; 0 where the earlier values are constant.</param>
/// <param name="RawDifference">Mean of the treatment less mean of the control, as measured.</param>
/// <param name="AdjustedDifference">The same after adjustment: the better estimate.</param>
/// <param name="StandardError">Of the adjusted difference (Welch); NaN with fewer than two units in an arm.</param>
/// <param name="T">Welch's t of the adjusted difference; NaN where the standard error is 0 or unknown.</param>
/// <param name="VarianceReduction">Squared correlation of earlier and present value over all units, in [0, 1]; 0 where one is constant.</param>
public readonly record struct CupedResult(
    double Theta, double RawDifference, double AdjustedDifference, double StandardError, double T, double VarianceReduction);

/// <summary>Compares two arms of an experiment after taking off what the units' earlier values already explain.</summary>
/// <remarks>
/// y′ = y − θ(x − x̄), with θ = cov(x, y)/var(x) over all units of both arms. The earlier values must not depend on the arm: measured before the
/// experiment began. Source: A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the sensitivity of online controlled experiments by utilizing
/// pre-experiment data", WSDM 2013.
/// </remarks>
public static class Cuped
{
    /// <summary>Difference treatment − control.</summary>
    /// <param name="controlBefore">Earlier value of each unit of the control: finite, at least one unit.</param>
    /// <param name="control">Its value during the experiment, in the same order.</param>
    /// <param name="treatmentBefore">Earlier value of each unit of the treatment.</param>
    /// <param name="treatment">Its value during the experiment.</param>
    /// <returns>O(n).</returns>
    /// <exception cref="ArgumentException">An arm is empty, lengths differ or a value is not finite.</exception>
    public static CupedResult Compare(
        ReadOnlySpan<double> controlBefore, ReadOnlySpan<double> control, ReadOnlySpan<double> treatmentBefore, ReadOnlySpan<double> treatment)
    {
        Require(controlBefore, control, nameof(control));
        Require(treatmentBefore, treatment, nameof(treatment));
        double n = control.Length + treatment.Length;
        double meanBefore = (Sum(controlBefore) + Sum(treatmentBefore)) / n, mean = (Sum(control) + Sum(treatment)) / n;
        double xx = 0, xy = 0, yy = 0;
        Products(controlBefore, control, meanBefore, mean, ref xx, ref xy, ref yy);
        Products(treatmentBefore, treatment, meanBefore, mean, ref xx, ref xy, ref yy);
        double theta = xx > 0 ? xy / xx : 0;
        var (c, cVariance) = Adjusted(controlBefore, control, meanBefore, theta);
        var (t, tVariance) = Adjusted(treatmentBefore, treatment, meanBefore, theta);
        double error = Math.Sqrt(cVariance / control.Length + tVariance / treatment.Length);
        return new CupedResult(
            theta, Sum(treatment) / treatment.Length - Sum(control) / control.Length, t - c, error, error > 0 ? (t - c) / error : double.NaN,
            xx > 0 && yy > 0 ? Math.Min(1, xy * xy / (xx * yy)) : 0);
    }

    private static (double Mean, double Variance) Adjusted(ReadOnlySpan<double> before, ReadOnlySpan<double> values, double meanBefore, double theta)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < values.Length; i++) { sum += values[i] - theta * (before[i] - meanBefore); }
        double mean = sum / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            double distance = values[i] - theta * (before[i] - meanBefore) - mean;
            squares += distance * distance;
        }
        return (mean, values.Length < 2 ? double.NaN : squares / (values.Length - 1));
    }

    private static void Products(
        ReadOnlySpan<double> before, ReadOnlySpan<double> values, double meanBefore, double mean, ref double xx, ref double xy, ref double yy)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double x = before[i] - meanBefore, y = values[i] - mean;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) { sum += value; }
        return sum;
    }

    private static void Require(ReadOnlySpan<double> before, ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty) { throw new ArgumentException("Expected at least one unit.", name); }
        if (before.Length != values.Length) { throw new ArgumentException($"Expected {before.Length} values, got {values.Length}.", name); }
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || !double.IsFinite(before[i])) { throw new ArgumentException($"Unit {i} has a value that is not finite.", name); }
        }
    }
}
