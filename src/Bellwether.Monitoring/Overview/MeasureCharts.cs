using Bellwether.Monitoring.Performance;

namespace Bellwether.Monitoring.Overview;

/// <summary>Measures over the range shown.</summary>
internal static class MeasureCharts
{
    public static IReadOnlyList<MeasureSeries> Of(ModelFacts facts)
    {
        string leading = MeasureNames.Leading(facts.Plan.Task);
        var names = facts.Reports.SelectMany(r => r.Measures.Keys).Distinct(StringComparer.Ordinal).OrderBy(n => n == leading ? 0 : 1).ThenBy(n => n, StringComparer.Ordinal);
        return [.. names.Select(name => Series(facts, name))];
    }

    /// <summary>The measure over the newest day whose windows can be told, weighted by outcomes; null when none can.</summary>
    public static double? Recent(ModelFacts facts, string measure)
    {
        var told = facts.Recent.Where(r => r.Measures.GetValueOrDefault(measure) is { State: "ok" }).ToList();
        if (told.Count == 0) { return null; }
        var day = told.Where(r => r.End > told[^1].End - TimeSpan.FromDays(1)).ToList();
        double weights = day.Sum(Weight);
        return weights == 0 ? null : day.Sum(r => Weight(r) * r.Measures[measure].Value!.Value) / weights;

        static double Weight(Contracts.Performance.WindowReport report) => Math.Max(report.Outcomes, 1);
    }

    private static MeasureSeries Series(ModelFacts facts, string name)
    {
        var band = facts.Reference?.Bands.GetValueOrDefault(name);
        return new MeasureSeries(
            name, MeasureNames.Label(name), MeasureNames.Unit(name),
            [.. facts.Reports.Select(r => r.Measures.TryGetValue(name, out var m)
                ? new MeasurePoint(r.Start, r.End, m.Value, m.Low, m.High, m.State, r.Rows, r.Coverage)
                : new MeasurePoint(r.Start, r.End, null, null, null, "noOutcomes", r.Rows, r.Coverage))],
            band?.Low, band?.High,
            [.. facts.Plan.Thresholds.Where(t => t.Measure == name).Select(t => new LimitLine(t.Limit, t.IsUpper, t.Severity, t.Id))]);
    }
}
