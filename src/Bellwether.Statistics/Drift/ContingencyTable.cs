using Bellwether.Statistics.Distributions;

namespace Bellwether.Statistics.Drift;

/// <summary>What the tests of counts share: expectations, Yates' correction and the tail. They differ in one term.</summary>
internal static class ContingencyTable
{
    /// <summary>How far the observed totals may differ, relatively, where they have to be equal.</summary>
    private const double TotalsTolerance = 1e-8;

    public delegate double Term(double observed, double expected);

    /// <summary>Two samples of counts, neither known exactly.</summary>
    public static CountTestResult Independence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, bool yates, Term term)
    {
        var (total, now) = Weights.Masses(reference, current);
        int degrees = reference.Length - 1;
        double statistic = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double both = reference[i] + current[i];
            if (both == 0)
            {
                throw new ArgumentException($"Category {i} occurs in neither sample, so nothing is expected of it: leave it out.", nameof(current));
            }
            double expected = total / (total + now) * both, expectedNow = now / (total + now) * both;
            statistic += term(Corrected(reference[i], expected), expected) + term(Corrected(current[i], expectedNow), expectedNow);
        }
        statistic = Math.Max(statistic, 0); // G's terms have both signs.
        return degrees == 0 ? new CountTestResult(0, 1, 0) : new CountTestResult(statistic, ChiSquared.Survival(statistic, degrees), degrees);

        double Corrected(double observed, double expected) => yates && degrees == 1
            ? observed + Math.Sign(expected - observed) * Math.Min(.5, Math.Abs(expected - observed))
            : observed;
    }

    /// <summary>A sample of counts against expectations taken as exact.</summary>
    public static CountTestResult GoodnessOfFit(ReadOnlySpan<double> expected, ReadOnlySpan<double> observed, bool scale, Term term)
    {
        var (total, now) = Weights.Masses(expected, observed);
        if (!scale && Math.Abs(now - total) > TotalsTolerance * Math.Min(now, total))
        {
            throw new ArgumentException($"Expected counts that sum to {total}, got {now}: scale them, or compare equal numbers of rows.", nameof(observed));
        }
        double factor = scale ? now / total : 1, statistic = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // 0/0 is NaN and x/0 infinite, and both carry through the sum as documented.
            statistic += scale && expected[i] == 0 && observed[i] == 0 ? double.NaN : term(observed[i], expected[i] * factor);
        }
        int degrees = expected.Length - 1;
        if (double.IsNaN(statistic) || degrees == 0) { return new CountTestResult(statistic, double.NaN, degrees); }
        statistic = Math.Max(statistic, 0);
        return new CountTestResult(statistic, ChiSquared.Survival(statistic, degrees), degrees);
    }
}
