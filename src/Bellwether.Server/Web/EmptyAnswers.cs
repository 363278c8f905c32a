namespace Bellwether.Server.Web;

/// <summary>Gives the framework's own refusals (no such route, wrong method) under <c>/v1</c> the shape of all others.</summary>
internal sealed class EmptyAnswers(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || !context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)) { return; }
        var (slug, title) = response.StatusCode switch
        {
            404 => ("not-found", "No such address"),
            405 => ("method-not-allowed", "Not this method"),
            415 => ("unsupported-content-type", "The content type is not taken here"),
            _ => ("bad-request", "The request cannot be read"),
        };
        await Problems.WriteAsync(
            context, response.StatusCode, slug, title, $"{context.Request.Method} {context.Request.Path} is not part of the API; /openapi/v1.json lists what is.");
    }
}
