using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;

namespace Bellwether.Server.Drift;

/// <summary>What was found about a model, of any topic.</summary>
internal static class FindingEndpoints
{
    private static readonly string[] Topics = ["drift", "performance", "quality", "operations"];

    public static void MapFindings(this IEndpointRouteBuilder model) => model.MapGet("/findings", ListAsync)
        .WithTags("drift").WithSummary("Findings whose window ends in [from, to), by window, then id.").Produces<Page<Finding>>().ProducesProblem(400).ProducesProblem(404);

    internal static async Task<IResult> ListAsync(
        string model, string? from, string? to, string? topic, string? cursor, string? limit, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        if (TimeRange.TryRead(from, to, out var range) is { } noRange) { return noRange; }
        if (Paging.TryRead(cursor, limit, out var start) is { } noPage) { return noPage; }
        if (topic is not null && !Topics.Contains(topic, StringComparer.Ordinal)) { return Problems.BadQuery("topic", $"'{topic}' is none of {string.Join(", ", Topics)}."); }
        if (start.After > range.Start) { range = range with { Start = start.After.Value }; }
        var findings = await data.Store.FindingsAsync(RequestedModel.Of(context).Model, range, cancellationToken);
        if (topic is not null) { findings = [.. findings.Where(finding => finding.Topic == topic)]; }
        // Windows that end together may begin apart; within one end the id decides, so that a cursor says where it stands.
        var sorted = findings.OrderBy(finding => finding.Window.End).ThenBy(finding => finding.Id, StringComparer.Ordinal).ToList();
        return TypedResults.Json(Paging.Cut(sorted, start, finding => (finding.Window.End, finding.Id)), BellwetherJson.Default.PageFinding);
    }
}
