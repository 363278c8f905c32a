using System.Net;
using Bellwether.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bellwether.Server.Tests.Web;

public sealed class ReadyGateTests
{
    [Fact]
    public async Task Until_the_folder_is_open_health_answers_and_everything_else_says_when_to_come_back()
    {
        var cancel = TestContext.Current.CancellationToken;
        string folder = Directory.CreateTempSubdirectory("bellwether-").FullName;
        var app = BellwetherServer.Build(new ServerOptions { DataFolder = folder, Urls = ["http://127.0.0.1:0"] });
        await app.StartAsync(cancel);
        using var http = new HttpClient { BaseAddress = new Uri(BellwetherServer.Addresses(app).Single()) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/live", UriKind.Relative), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel)).StatusCode);
        var early = await http.GetAsync(new Uri("/v1/models", UriKind.Relative), cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (early.StatusCode, early.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(1), early.Headers.RetryAfter?.Delta);

        await app.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/v1/models", UriKind.Relative), cancel)).StatusCode);
        await app.StopAsync(cancel);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
