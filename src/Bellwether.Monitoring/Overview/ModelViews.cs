using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Performance;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Overview;

/// <summary>Composes the pages from what evaluation stored. Ranges end with the newest closed window, so that a replayed past shows too.</summary>
public sealed class ModelViews(IMonitorStore store, IModelActivity activity) : IModelViews
{
    /// <summary>Event time that a verdict rests on, however short the range shown.</summary>
    private static readonly TimeSpan VerdictSpan = TimeSpan.FromDays(7);

    private static readonly TimeWindow Always = new(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public async Task<OverviewPage> OverviewAsync(TimeSpan range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new List<OverviewRow>();
        long outcomes = 0, predictions = 0;
        foreach (var stored in await store.ListModelsAsync(cancellationToken))
        {
            if (await LoadAsync(stored.Model, range, cancellationToken) is not { } facts) { continue; }
            rows.Add(Row(facts, now));
            outcomes += facts.Reports.Sum(r => r.Outcomes);
            predictions += facts.Reports.Sum(r => r.Rows);
        }
        var ordered = rows.OrderByDescending(r => r.Verdict.Severity is { } s ? (int)s : -1).ThenBy(r => r.Model).ToList();
        return new OverviewPage(ordered, rows.Sum(r => r.RowsPerSecond), predictions == 0 ? null : (double)outcomes / predictions, now);
    }

    public async Task<ModelPage?> ModelAsync(ModelKey model, TimeSpan range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LoadAsync(model, range, cancellationToken) is not { } facts) { return null; }
        var summaries = await store.SummariesAsync(model, facts.Range, cancellationToken);
        var alerts = await store.AlertsAsync(model, null, cancellationToken);
        return new ModelPage(
            model, facts.Plan.Task, facts.State?.Version, facts.Definition.Labels ?? new Dictionary<string, string>(), VerdictWriter.Write(facts, now), facts.Range,
            WindowText(facts.Plan), MeasureCharts.Of(facts), Marks(alerts, facts.Range),
            HeatmapBuilder.Build(facts, summaries), facts.Firing, ReferenceText(facts), BudgetText(facts.Plan));
    }

    public async Task<CellDetail?> CellAsync(ModelKey model, string column, TimeSpan range, DateTimeOffset windowStart, CancellationToken cancellationToken)
    {
        if (await LoadAsync(model, range, cancellationToken) is not { Reference: { } reference } facts) { return null; }
        int index = reference.Schema.Columns.ToList().FindIndex(c => c.Name == column);
        if (index < 0) { return null; }
        // A cell of the heatmap pools the windows of its span; the panel pools the same.
        var span = HeatmapBuilder.Span(facts, windowStart);
        var summaries = await store.SummariesAsync(model, span, cancellationToken);
        return CellBuilder.Build(facts, column, index, span, summaries);
    }

    /// <summary>The list of models for the API.</summary>
    public async Task<IReadOnlyList<ModelItem>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var items = new List<ModelItem>();
        foreach (var stored in await store.ListModelsAsync(cancellationToken))
        {
            if (await LoadAsync(stored.Model, VerdictSpan, cancellationToken) is not { } facts) { continue; }
            var verdict = VerdictWriter.Write(facts, now);
            items.Add(new ModelItem(
                stored.Model, facts.Plan.Task, verdict.State, verdict.Severity, $"{verdict.Headline} {verdict.Detail}".Trim(),
                RowsOfLastDay(facts, now), facts.Firing.Count, facts.NewestEvent, facts.Definition.Labels));
        }
        return items;
    }

    private async Task<ModelFacts?> LoadAsync(ModelKey model, TimeSpan range, CancellationToken cancellationToken)
    {
        if (await store.FindModelAsync(model, cancellationToken) is not { } stored) { return null; }
        var storedPlan = await store.FindPlanAsync(model, cancellationToken);
        var plan = CompiledPlan.Compile(
            model, stored.Definition, storedPlan is null ? null : PlanReader.Read(storedPlan.Text).Plan, storedPlan?.Revision ?? 0, out _);
        if (plan is null) { return null; }
        var storedReference = await store.FindReferenceAsync(model, cancellationToken);
        var state = await store.LoadStateAsync(model, cancellationToken) is { } s ? MonitorState.FromBytes(s.State) : null;
        var reference = storedReference is null ? null : FittedReference.FromBytes(storedReference.Fitted).For(plan);
        // What was learnt over other windows, or against another reference, does not fit these bins; the next evaluation starts anew.
        if (state is not null && (!state.HasWindowsOf(plan) || state.Reference != reference?.Digest)) { state = state with { Streams = [], Began = null }; }
        var end = state?.ClosedThrough ?? DateTimeOffset.UnixEpoch;
        var happened = activity.Of(model);
        // Silence closes empty windows for ever; the page stays where the data are.
        var newest = await NewestReportAsync(model, happened.NewestEvent is { } last && last < end ? last + plan.Window : end, cancellationToken);
        var shown = new TimeWindow((newest?.End ?? end) - range, newest?.End ?? end);
        var judged = range >= VerdictSpan ? shown : new TimeWindow(shown.End - VerdictSpan, shown.End);
        var recent = newest is null ? [] : await store.ReportsAsync(model, judged, cancellationToken);
        return new ModelFacts(
            stored.Definition, plan, reference, state, shown, [.. recent.Where(r => r.End > shown.Start)], recent,
            await store.AlertsAsync(model, AlertState.Firing, cancellationToken), newest?.End, happened);
    }

    private async Task<WindowReport?> NewestReportAsync(ModelKey model, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var recent = await store.ReportsAsync(model, new TimeWindow(end - TimeSpan.FromDays(8), end.AddTicks(1)), cancellationToken);
        if (recent.Count == 0) { recent = await store.ReportsAsync(model, Always, cancellationToken); }
        return recent.Count == 0 ? null : recent[^1];
    }

    private static OverviewRow Row(ModelFacts facts, DateTimeOffset now)
    {
        string measure = MeasureNames.Leading(facts.Plan.Task);
        var trend = facts.Reports.Select(r => r.Measures.GetValueOrDefault(measure)?.Value).ToList();
        var band = facts.Reference?.Bands.GetValueOrDefault(measure);
        double? current = MeasureCharts.Recent(facts, measure);
        int features = facts.Reference?.Types.Keys.Count(facts.Plan.Watches) ?? 0;
        int drifted = facts.Firing.Where(a => a.Monitor is "drift.ted" && !a.Column.StartsWith('_')).Select(a => a.Column).Distinct().Count();
        return new OverviewRow(
            facts.Plan.Model, facts.State?.Version, facts.Definition.Labels?.GetValueOrDefault("team"), VerdictWriter.Write(facts, now), MeasureNames.Label(measure), trend, band?.Low, band?.High,
            current, current is { } c && band is { Value: not 0 } b ? c / b.Value - 1 : null, drifted, features, [.. facts.Reports.Select(r => (double)r.Rows)],
            RowsOfLastDay(facts, now) / 86400.0, facts.Firing.CountBy(a => a.Severity).ToDictionary(), facts.NewestEvent);
    }

    private static long RowsOfLastDay(ModelFacts facts, DateTimeOffset now)
    {
        if (facts.SilentSince(now) is not null) { return 0; }
        var day = facts.Range.End - TimeSpan.FromDays(1);
        return facts.Recent.Where(r => r.Start >= day).Sum(r => r.Rows);
    }

    private static List<AlertMark> Marks(IReadOnlyList<Alert> alerts, TimeWindow range) =>
        [.. alerts.Where(a => range.Contains(a.StartsAt)).OrderBy(a => a.StartsAt).Select(a => new AlertMark(a.StartsAt, a.Severity, a.Column, a.Text))];

    private static string WindowText(CompiledPlan plan) => plan.Window switch
    {
        { TotalDays: 7 } => "weekly",
        { TotalDays: 1 } => "daily",
        { TotalHours: 1 } => "hourly",
        var w => string.Create(CultureInfo.InvariantCulture, $"every {w.TotalMinutes:0} min"),
    };

    private static string ReferenceText(ModelFacts facts) => facts.Reference is not { } reference
        ? "No reference: the first four weeks of production are learnt."
        : string.Create(CultureInfo.InvariantCulture, $"Reference '{reference.Name}', {reference.Rows:N0} rows")
            + (reference is { From: { } from, To: { } to } ? string.Create(CultureInfo.InvariantCulture, $", {from:d MMM yyyy} to {to:d MMM yyyy}") : ", without event times")
            + string.Concat(reference.ShortcomingsFor(facts.Plan).Select(s => $". {s.TrimEnd('.')}"));

    private static string BudgetText(CompiledPlan plan) => string.Create(
        CultureInfo.InvariantCulture, $"At most {plan.FalseAlarmsPerYear:0.##} false alarm{(plan.FalseAlarmsPerYear == 1 ? "" : "s")} a year over all columns; your own thresholds come on top.");
}
