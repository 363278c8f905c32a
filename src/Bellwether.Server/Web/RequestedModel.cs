using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Server.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Bellwether.Server.Web;

/// <summary>Finds the model that a route names before anything of the body is read.</summary>
internal sealed class RequestedModel(ModelCatalog catalog) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        string text = http.GetRouteValue("model") as string ?? "";
        if (!ModelKey.TryParse(text, out var model)) { return Problems.NotAModelKey(text); }
        if (await catalog.FindAsync(model, http.RequestAborted) is not { } stored) { return Problems.UnknownModel(model, http.Request); }
        http.Features.Set(stored);
        return await next(context);
    }

    /// <summary>The model of a request that went through the filter.</summary>
    public static StoredModelDefinition Of(HttpContext context) => context.Features.GetRequiredFeature<StoredModelDefinition>();
}
