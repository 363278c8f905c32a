using Microsoft.OpenApi;

namespace Bellwether.Server.Web;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.AddDocumentTransformer((description, _, _) =>
        {
            description.Info = new OpenApiInfo { Title = "Bellwether", Version = "v1", Description = "Watches machine-learning models in production." };
            return Task.CompletedTask;
        });
    });
}
