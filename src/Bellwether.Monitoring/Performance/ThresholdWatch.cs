using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Performance;

/// <summary>How a limit stands: the last window judged, how many in a row lay on its side of the limit, whether an alert holds.</summary>
/// <param name="Run">Windows in a row beyond the limit; negative for windows in a row within it.</param>
public sealed record ThresholdState(DateTimeOffset LastWindow, int Run, DateTimeOffset RunStart, bool Holds);

/// <summary>What judging a window against a limit gave.</summary>
/// <param name="Returned">The value came back inside.</param>
public sealed record ThresholdVerdict(CompiledThreshold Threshold, Finding? Finding, bool Returned);

/// <summary>
/// Holds a user's limits against each window once, in the order of windows. A window counts when its measure can be told and
/// at least half of its outcomes are known, or a week has passed; before that, early outcomes would speak for all.
/// </summary>
public static class ThresholdWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    public static IEnumerable<ThresholdVerdict> Judge(CompiledPlan plan, WindowReport report, Dictionary<string, ThresholdState> states)
    {
        foreach (var threshold in plan.Thresholds)
        {
            if (!report.Measures.TryGetValue(threshold.Measure, out var measure) || measure is not { State: "ok", Value: { } value }) { continue; }
            bool needsOutcomes = threshold.Measure is not ("errorShare" or "latencyP95");
            if (needsOutcomes && report.Coverage < 0.5 && report.AsOf < report.End + Patience) { continue; }
            var before = states.GetValueOrDefault(threshold.Id);
            if (before is not null && report.Start <= before.LastWindow) { continue; }
            int run = IsBeyond(threshold, measure, value) ? Math.Max(before?.Run ?? 0, 0) + 1 : Math.Min(before?.Run ?? 0, 0) - 1;
            // As many windows inside as outside: one good hour does not end what six bad ones began.
            bool held = before is { Holds: true };
            bool holds = run >= threshold.For || (held && run > -threshold.For);
            var runStart = run == 1 && !held || before is null ? report.Start : before.RunStart;
            states[threshold.Id] = new ThresholdState(report.Start, run, runStart, holds);
            if (holds && run > 0) { yield return new ThresholdVerdict(threshold, Describe(plan, threshold, report, measure, value, runStart), Returned: false); }
            else if (held && !holds) { yield return new ThresholdVerdict(threshold, null, Returned: true); }
        }
    }

    private static bool IsBeyond(CompiledThreshold threshold, MeasureReport measure, double value)
    {
        double judged = threshold.WholeInterval ? (threshold.IsUpper ? measure.Low : measure.High) ?? value : value;
        return threshold.IsUpper ? judged > threshold.Limit : judged < threshold.Limit;
    }

    private static Finding Describe(
        CompiledPlan plan, CompiledThreshold threshold, WindowReport report, MeasureReport measure, double value, DateTimeOffset since)
    {
        string label = MeasureNames.Label(threshold.Measure);
        string direction = threshold.IsUpper ? "above" : "below";
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{label} is {value:0.###}, {direction} your threshold {threshold.Limit:0.###}, since {SinceText.Of(since)}.");
        return new Finding(
            FindingIds.Of(plan.Model, "threshold/1", threshold.Measure, report.Start, threshold.Id), plan.Model, "performance", "threshold/1",
            threshold.Measure, null, null, new TimeWindow(report.Start, report.End), since, threshold.Severity, Certainty.Threshold,
            new FindingSize(threshold.Measure, MeasureNames.Unit(threshold.Measure), value, measure.Low, measure.High),
            new FindingEvidence(value, threshold.Limit, MeasureNames.Unit(threshold.Measure)),
            new FindingBasis(null, null, plan.PlanRevision, report.Revision), text);
    }
}
