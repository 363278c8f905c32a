using Bellwether.Statistics.Experiments;
using MathNet.Numerics.Distributions;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The score interval of a difference of proportions with the wrong coefficient that statsmodels 0.13.5 has.</summary>
internal static class ScoreWithErratum
{
    public const string Reason =
        "the score interval of statsmodels 0.13.5 takes x₂ for n₂ in the linear coefficient of Miettinen and Nurminen's cubic (appendix 1 of the "
        + "paper), so its restricted proportions do not maximise the likelihood; ours do";

    public static ConfidenceInterval Interval(double x1, double n1, double x2, double n2, double alpha)
    {
        double z = -Normal.InvCDF(0, 1, alpha / 2), difference = x1 / n1 - x2 / n2;
        var wald = ProportionDifference.Wald((long)x1, (long)n1, (long)x2, (long)n2, alpha);
        double End(double outside)
        {
            double inside = difference;
            for (int i = 0; i < 100; i++)
            {
                double middle = (inside + outside) / 2;
                if (Math.Abs(Score(x1, n1, x2, n2, middle)) <= z) { inside = middle; } else { outside = middle; }
            }
            return inside;
        }
        return new ConfidenceInterval(
            difference, End(wald.Low - Math.Abs(wald.Low) / 4), End(Math.Min(wald.High + Math.Abs(wald.High) / 2, .99999)));
    }

    private static double Score(double x1, double n1, double x2, double n2, double difference)
    {
        double n = n1 + n2, x = x1 + x2, r2 = x / n;
        if (difference != 0)
        {
            double l2 = (n1 + 2 * n2) * difference - n - x;
            double l1 = (x2 * difference - n - 2 * x2) * difference + x; // x₂·difference should be n₂·difference.
            double l0 = x2 * difference * (1 - difference), third = l2 / (3 * n);
            double q = third * third * third - l1 * l2 / (6 * n * n) + l0 / (2 * n);
            double p = Math.Sign(q) * Math.Sqrt(third * third - l1 / (3 * n));
            r2 = 2 * p * Math.Cos((Math.PI + Math.Acos(q / (p * p * p))) / 3) - third;
        }
        double r1 = difference == 0 ? r2 : r2 + difference;
        return (x1 / n1 - x2 / n2 - difference) / Math.Sqrt((r1 * (1 - r1) / n1 + r2 * (1 - r2) / n2) * n / (n - 1));
    }
}
