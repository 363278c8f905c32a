using Bellwether.Contracts.Performance;
using Bellwether.Statistics.Performance;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Performance;

/// <summary>Measures that need no outcome: share of errors, 95th percentile of the latency.</summary>
public static class OperationsMeasures
{
    public static IEnumerable<KeyValuePair<string, MeasureReport>> Of(WindowSummary summary)
    {
        long errors = summary.Errors.Values.Sum();
        if (errors > 0 && summary.Rows > 0)
        {
            yield return new("errorShare", PerformanceMeasures.Report(Proportion.Wilson(errors, summary.Rows)));
        }
        if (summary.LatencyCount > 0)
        {
            // From buckets, so not exact; the bucket's width bounds the error.
            yield return new("latencyP95", new MeasureReport(summary.LatencyQuantile(0.95), null, null, false, "ok"));
        }
    }
}
