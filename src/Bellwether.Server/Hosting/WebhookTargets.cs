namespace Bellwether.Server.Hosting;

/// <summary>Where alerts are posted: the command line's addresses and those of <c>Bellwether:Webhooks</c>, checked.</summary>
internal sealed class WebhookTargets
{
    public WebhookTargets(ServerOptions options, IConfiguration configuration)
    {
        var configured = configuration.GetSection("Bellwether:Webhooks");
        string[] listed = [.. configured.GetChildren().Select(child => child.Value ?? ""), .. configured.Value is { Length: > 0 } one ? one.Split(';') : []];
        Urls = [.. options.Webhooks.Concat(listed).Select(url => url.Trim()).Distinct(StringComparer.Ordinal)];
        foreach (string url in Urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new StartupException($"'{url}' is no address to post alerts to, such as https://example.org/hook.");
            }
        }
    }

    public IReadOnlyList<string> Urls { get; }
}
