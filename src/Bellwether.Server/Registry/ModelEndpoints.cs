using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Overview;
using Bellwether.Monitoring.Plans;
using Bellwether.Server.Hosting;
using Bellwether.Server.Web;

namespace Bellwether.Server.Registry;

/// <summary>The list of models, and one model's definition.</summary>
internal static class ModelEndpoints
{
    /// <summary>Who acts, until there are keys that say it.</summary>
    public const string Actor = "api";

    private const string Slug = "invalid-definition";
    private const string Title = "The definition has faults";

    public static void MapModels(this IEndpointRouteBuilder v1) => v1.MapGet("/models", ListAsync)
        .WithTags("models").WithSummary("All models with their state.").Produces<Page<ModelItem>>();

    public static void MapDefinition(this IEndpointRouteBuilder v1)
    {
        v1.MapPut("/models/{model}", DefineAsync)
            .WithTags("models").WithSummary("Creates a model or changes its definition.").WithBody<ModelDefinition>("application/json")
            .Produces<StoredModelDefinition>().Produces<StoredModelDefinition>(201).ProducesProblem(400).ProducesProblem(415).ProducesProblem(422);
        v1.MapGet("/models/{model}", Get).AddEndpointFilter<RequestedModel>()
            .WithTags("models").WithSummary("A model's definition.").Produces<StoredModelDefinition>().ProducesProblem(404);
    }

    internal static async Task<IResult> ListAsync(ModelViews views, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Json(new Page<ModelItem>(await views.ListAsync(time.GetUtcNow(), cancellationToken)), BellwetherJson.Default.PageModelItem);

    internal static IResult Get(string model, HttpContext context) => TypedResults.Json(RequestedModel.Of(context), BellwetherJson.Default.StoredModelDefinition);

    internal static async Task<IResult> DefineAsync(string model, HttpRequest request, DataFolder data, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        if (!ModelKey.TryParse(model, out var key)) { return Problems.NotAModelKey(model); }
        var (definition, refusal) = await JsonBody.ReadAsync(request, BellwetherJson.Default.ModelDefinition, Slug, Title);
        if (definition is null) { return refusal!; }
        var faults = DefinitionChecks.Find(definition);
        if (faults.Count == 0)
        {
            // A plan that is already there must go on fitting.
            var plan = await data.Store.FindPlanAsync(key, cancellationToken);
            CompiledPlan.Compile(key, definition, plan is null ? null : PlanReader.Read(plan.Text).Plan, plan?.Revision ?? 0, out faults);
        }
        if (faults.Count > 0) { return Problems.Invalid(Slug, Title, faults); }
        var (stored, created) = await catalog.DefineAsync(key, definition, Actor, cancellationToken);
        if (created) { request.HttpContext.Response.Headers.Location = $"/v1/models/{key}"; }
        return TypedResults.Json(stored, BellwetherJson.Default.StoredModelDefinition, statusCode: created ? 201 : 200);
    }
}
