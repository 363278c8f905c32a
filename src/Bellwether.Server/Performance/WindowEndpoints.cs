using Bellwether.Contracts;
using Bellwether.Contracts.Performance;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;

namespace Bellwether.Server.Performance;

/// <summary>The closed windows of a model with their measures.</summary>
internal static class WindowEndpoints
{
    public static void MapWindows(this IEndpointRouteBuilder model) => model.MapGet("/windows", ListAsync)
        .WithTags("performance").WithSummary("Windows that overlap [from, to), each in its latest revision, by start.").Produces<Page<WindowReport>>().ProducesProblem(400).ProducesProblem(404);

    internal static async Task<IResult> ListAsync(
        string model, string? from, string? to, string? measure, string? cursor, string? limit, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        if (TimeRange.TryRead(from, to, out var range) is { } noRange) { return noRange; }
        if (Paging.TryRead(cursor, limit, out var start) is { } noPage) { return noPage; }
        if (measure is not null && !CompiledPlan.Measures.Contains(measure)) { return Problems.BadQuery("measure", $"'{measure}' is none of {string.Join(", ", CompiledPlan.Measures)}."); }
        if (start.After > range.Start) { range = range with { Start = start.After.Value }; }
        var reports = await data.Store.ReportsAsync(RequestedModel.Of(context).Model, range, cancellationToken);
        var page = Paging.Cut(reports, start, report => (report.Start, ""));
        if (measure is not null) { page = page with { Items = [.. page.Items.Select(report => Only(report, measure))] }; }
        return TypedResults.Json(page, BellwetherJson.Default.PageWindowReport);
    }

    private static WindowReport Only(WindowReport report, string measure) => report with
    {
        Measures = report.Measures.Where(pair => pair.Key == measure).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
    };
}
