using System.Text;
using Bellwether.Contracts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Evaluation;
using Bellwether.Server.Hosting;
using Bellwether.Server.Registry;
using Bellwether.Server.Web;

namespace Bellwether.Server.Plans;

/// <summary>The plan that a user keeps for one model, as text.</summary>
internal static class PlanEndpoints
{
    public static void MapPlan(this IEndpointRouteBuilder model)
    {
        model.MapPut("/plan", SaveAsync)
            .WithTags("plans").WithSummary("Stores the next version of a model's plan, YAML or JSON.").WithFile("application/yaml", "application/json", "text/yaml", "text/plain")
            .Produces<PlanReceipt>().ProducesProblem(404).ProducesProblem(413).ProducesProblem(422);
        model.MapGet("/plan", GetAsync)
            .WithTags("plans").WithSummary("The plan in force, as it was sent.").Produces<string>(200, "application/yaml").ProducesProblem(404);
    }

    internal static async Task<IResult> GetAsync(string model, HttpContext context, DataFolder data, CancellationToken cancellationToken)
    {
        var key = RequestedModel.Of(context).Model;
        if (await data.Store.FindPlanAsync(key, cancellationToken) is not { } plan)
        {
            return Problems.NotFound($"Model '{key}' has no plan. Store one with: curl -X PUT {context.Request.Scheme}://{context.Request.Host}/v1/models/{key}/plan -H 'Content-Type: application/yaml' --data-binary @plan.yaml");
        }
        context.Response.Headers.ETag = $"\"{plan.Revision}\"";
        return TypedResults.Text(plan.Text, plan.Text.AsSpan().TrimStart() is ['{', ..] ? "application/json" : "application/yaml", Encoding.UTF8);
    }

    internal static async Task<IResult> SaveAsync(
        string model, HttpContext context, DataFolder data, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var stored = RequestedModel.Of(context);
        if (await ReadAsync(context.Request, cancellationToken) is not { } text)
        {
            return Problems.TooLarge($"A plan has at most {PlanReader.MaximumLength} characters.");
        }
        var reading = PlanReader.Read(text);
        CompiledPlan? compiled = null;
        var faults = reading.Faults;
        if (reading.Plan is { } plan)
        {
            faults = Holes(plan);
            if (faults.Count == 0) { compiled = CompiledPlan.Compile(stored.Model, stored.Definition, plan, 0, out faults); }
        }
        if (faults.Count > 0) { return Problems.Invalid("invalid-plan", "The plan has faults", faults); }
        var saved = await data.Store.SavePlanAsync(stored.Model, text, ModelEndpoints.Actor, time.GetUtcNow(), cancellationToken);
        var reference = await data.Store.FindReferenceAsync(stored.Model, cancellationToken);
        var warnings = reference is null || compiled is null ? [] : FittedReference.FromBytes(reference.Fitted).ShortcomingsFor(compiled);
        await grains.GetGrain<IModelGrain>(stored.Model.Value).ReloadAsync();
        return TypedResults.Json(new PlanReceipt(saved.Revision, warnings), BellwetherJson.Default.PlanReceipt);
    }

    // YAML lets a list hold nothing at a place ("- "), which the records have no word for.
    private static List<Fault> Holes(Plan plan) =>
    [
        .. (plan.Thresholds ?? []).Select((threshold, i) => (threshold is null, i)).Where(t => t.Item1).Select(t => new Fault(0, 0, $"thresholds[{t.i}]", "This threshold is empty.")),
        .. (plan.Features ?? []).Select((feature, i) => (feature is null, i)).Where(t => t.Item1).Select(t => new Fault(0, 0, $"features[{t.i}]", "This feature's name is empty.")),
        .. (plan.Labels ?? new Dictionary<string, string>()).Where(label => label.Value is null).Select(label => new Fault(0, 0, $"labels.{label.Key}", "This label is empty.")),
    ];

    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        char[] buffer = new char[8192];
        var text = new StringBuilder();
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            text.Append(buffer, 0, read);
            if (text.Length > PlanReader.MaximumLength) { return null; }
        }
        return text.ToString();
    }
}
