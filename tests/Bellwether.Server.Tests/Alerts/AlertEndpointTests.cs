using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Alerts;

public sealed class AlertEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Alerts_come_in_pages_newest_first_whatever_their_model()
    {
        foreach (string model in (string[])["one", "two"])
        {
            // Two begin at each instant, so that pages end in the middle of one.
            var fired = Enumerable.Range(0, 6).Select(i => Fired(ModelKey.Parse(model), i)).ToList();
            await server.Data.Store.TrySaveAsync(
                ModelKey.Parse(model), 0, new EvaluationChanges([1], [], [], [], [], fired, null), Start.AddDays(1), TestContext.Current.CancellationToken);
        }
        var all = await IdsAsync("/v1/alerts");
        Assert.Equal(12, all.Ids.Count);
        Assert.Null(all.Next);
        Assert.Equal(["one-4", "one-5", "two-4", "two-5"], all.Ids.Take(4));
        foreach (string filter in (string[])["", "&model=two", "&state=firing&model=one"])
        {
            var whole = await IdsAsync($"/v1/alerts?limit=1000{filter}");
            foreach (int limit in (int[])[1, 5, 12])
            {
                var seen = new List<string>();
                string? next = null;
                do
                {
                    var page = await IdsAsync($"/v1/alerts?limit={limit}{filter}{(next is null ? "" : $"&cursor={next}")}");
                    Assert.InRange(page.Ids.Count, 1, limit);
                    seen.AddRange(page.Ids);
                    next = page.Next;
                }
                while (next is not null);
                Assert.Equal(whole.Ids, seen);
            }
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task A_page_that_cannot_be_is_refused(string query, string parameter)
    {
        var answer = await server.GetAsync($"/v1/alerts?{query}");
        Assert.Equal((400, "/problems/invalid-query"), (answer.Status, answer.Slug));
        Assert.Equal([parameter], answer.FaultPaths);
    }

    private async Task<(List<string> Ids, string? Next)> IdsAsync(string path)
    {
        var page = (await server.GetAsync(path)).Json;
        return ([.. page.GetProperty("items").EnumerateArray().Select(alert => alert.GetProperty("id").GetString()!)], page.GetProperty("next").GetString());
    }

    private static AlertNotification Fired(ModelKey model, int i) => new(
        "firing", $"{model}-{i}", model, "drift.ted", $"column{i}", null, AlertState.Firing, Severity.Major, Start.AddHours(i / 2), null, [$"f{i}"], "moved",
        [new AlertStep(Start, "firing", "bellwether")]);
}
