using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>NannyML's measures of one column per chunk, with thresholds from the reference's chunks.</summary>
internal sealed class UnivariateDriftGolden : IGoldenFamily
{
    /// <summary>Below this p-value NannyML alerts, whatever the thresholds.</summary>
    private const double Significance = .05;

    public bool Reads(string file) => file.StartsWith("d_univariate_drift", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (NannyMlChunks.TryRead(golden, comparison) is not { } chunks) { return; }
        foreach (string column in chunks.Columns)
        {
            if (chunks.Reference.IsNumeric(column)) { Continuous(chunks, column); }
            else { Categorical(chunks, column); }
        }
        chunks.Finish();
    }

    private static void Continuous(NannyMlChunks chunks, string column)
    {
        var reference = ReferenceHistogram.Fit(Present(chunks.Reference.Numbers(column)));
        Measure(chunks, $"{column}.jensen_shannon", chunk => reference.JensenShannonDistance(Present(chunk.Numbers(column))));
        Measure(chunks, $"{column}.hellinger", chunk => reference.HellingerDistance(Present(chunk.Numbers(column))));
        double[] values = Present(chunks.Reference.Numbers(column));
        Measure(chunks, $"{column}.kolmogorov_smirnov", chunk => Of(chunk, values, column, (p, q) => KolmogorovSmirnov.Test(p, q).Statistic), highest: 1);
        Measure(chunks, $"{column}.wasserstein", chunk => Of(chunk, values, column, Wasserstein.Distance));
    }

    private static void Categorical(NannyMlChunks chunks, string column)
    {
        string[] reference = [.. chunks.Reference.Text(column).OfType<string>()];
        Measure(chunks, $"{column}.jensen_shannon", chunk => Of(chunk, reference, column, JensenShannonOfSeen));
        Measure(chunks, $"{column}.hellinger", chunk => Of(chunk, reference, column, HellingerOfSeen));
        Measure(chunks, $"{column}.l_infinity", chunk => Of(chunk, reference, column, LInfinity.Distance));
        if (!chunks.Asks($"{column}.chi2.value")) { return; }
        CountTestResult[] tests = [.. chunks.Chunks.Select(chunk => Counts(chunk, reference, column)).Select(pair => ChiSquareTest.Independence(pair.Reference, pair.Current))];
        chunks.Numbers($"{column}.chi2.value", tests.Select(test => (double?)test.Statistic));
        chunks.Numbers($"{column}.chi2.upper_threshold", tests.Select(_ => (double?)null));
        chunks.Numbers($"{column}.chi2.lower_threshold", tests.Select(_ => (double?)null));
        chunks.Flags($"{column}.chi2.alert", tests.Select(test => test.PValue < Significance));

        // Only categories of the reference are bins; all others fall into one more.
        double JensenShannonOfSeen(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => OfSeen(p, q, (a, b) => JensenShannon.Distance(a, b));

        double HellingerOfSeen(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => OfSeen(p, q, Hellinger.Distance);
    }

    private delegate double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current);

    private static double OfSeen(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Distance distance)
    {
        var p = new List<double>();
        var q = new List<double>();
        double unseen = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] == 0) { unseen += current[i]; }
            else
            {
                p.Add(reference[i]);
                q.Add(current[i]);
            }
        }
        return distance([.. p, 0], [.. q, unseen]);
    }

    private static double Of(NannyMlChunks.Chunk chunk, double[] reference, string column, Distance distance) =>
        Present(chunk.Numbers(column)) is { Length: > 0 } current ? distance(reference, current) : double.NaN;

    private static double Of(NannyMlChunks.Chunk chunk, string[] reference, string column, Distance distance)
    {
        var (p, q) = Counts(chunk, reference, column);
        return q.Sum() == 0 ? double.NaN : distance(p, q);
    }

    private static (double[] Reference, double[] Current) Counts(NannyMlChunks.Chunk chunk, string[] reference, string column)
    {
        string[] current = [.. chunk.Text(column).OfType<string>()];
        string[] all = [.. reference.Union(current)];
        var before = reference.CountBy(value => value).ToDictionary();
        var now = current.CountBy(value => value).ToDictionary();
        return ([.. all.Select(value => (double)before.GetValueOrDefault(value))], [.. all.Select(value => (double)now.GetValueOrDefault(value))]);
    }

    private static void Measure(NannyMlChunks chunks, string name, Func<NannyMlChunks.Chunk, double> measure, double highest = double.PositiveInfinity)
    {
        if (!chunks.Asks($"{name}.value")) { return; }
        double[] values = [.. chunks.Chunks.Select(measure)];
        double[] ofReference = [.. values.Where((_, i) => chunks.Chunks[i].IsReference)];
        var (lower, upper) = new StandardDeviationThreshold(LowerMultiple: null).Of(ofReference, lowest: 0, highest);
        chunks.Numbers($"{name}.value", values.Select(value => (double?)value));
        chunks.Numbers($"{name}.upper_threshold", values.Select(_ => upper));
        chunks.Numbers($"{name}.lower_threshold", values.Select(_ => lower));
        chunks.Flags($"{name}.alert", values.Select(value => StandardDeviationThreshold.IsBeyond(value, lower, upper)));
    }

    private static double[] Present(double[] values) => [.. values.Where(value => !double.IsNaN(value))];
}
