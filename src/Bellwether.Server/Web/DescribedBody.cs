using Microsoft.OpenApi;

namespace Bellwether.Server.Web;

/// <summary>
/// Says in the API document what a request's body is, and no more: the framework's own <c>Accepts</c> also refuses other content
/// types before the endpoint can say what would be right.
/// </summary>
internal static class DescribedBody
{
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder endpoint, params string[] contentTypes) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = contentTypes.ToDictionary(type => type, type => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal),
            };
        });

    /// <summary>A body that is no JSON: text or bytes.</summary>
    public static RouteHandlerBuilder WithFile(this RouteHandlerBuilder endpoint, params string[] contentTypes) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = contentTypes.ToDictionary(type => type, _ => new OpenApiMediaType(), StringComparer.Ordinal),
            };
            return Task.CompletedTask;
        });
}
