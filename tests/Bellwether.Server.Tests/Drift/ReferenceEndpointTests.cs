using System.Globalization;
using System.Text;
using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Drift;

public sealed class ReferenceEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_reference_with_two_weeks_of_times_is_watched_and_one_without_times_is_provisional()
    {
        await server.PutAsync("/v1/models/credit", """{"task":"binary"}""");
        Assert.Equal(404, (await server.GetAsync("/v1/models/credit/reference")).Status);
        var watching = await server.PutAsync("/v1/models/credit/reference?name=june&timestamp=at&score=p&prediction=y", Csv(rows: 24 * 16), "text/csv");
        Assert.Equal((200, "watching", 24 * 16), (watching.Status, watching.Json.GetProperty("state").GetString(), watching.Json.GetProperty("rows").GetInt32()));
        // What the service itself sends is watched beside the features, under its reserved name.
        var columns = watching.Json.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.Equal(["income", "region"], columns.Where(name => name[0] != '_').Order(StringComparer.Ordinal));
        Assert.DoesNotContain("at", columns);
        Assert.Equal("2026-06-01T00:00:00Z", watching.Json.GetProperty("from").GetString());
        Assert.Equal(watching.Text, (await server.GetAsync("/v1/models/credit/reference")).Text);

        var provisional = await server.PutAsync("/v1/models/credit/reference", "income,region\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},r{i % 3}\n")), "application/csv");
        Assert.Equal("provisional", provisional.Json.GetProperty("state").GetString());
        Assert.Empty(Directory.GetFiles(server.Data.Incoming));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_its_place()
    {
        await server.PutAsync("/v1/models/unread", """{"task":"binary"}""");
        var time = await server.PutAsync("/v1/models/unread/reference?timestamp=at", "at,income\n2026-06-01T00:00:00Z,1\nyesterday,2\n", "text/csv");
        Assert.Equal((422, "/problems/invalid-reference"), (time.Status, time.Slug));
        Assert.Equal(3, time.Json.GetProperty("errors")[0].GetProperty("line").GetInt32());
        Assert.Equal(["at"], time.FaultPaths);
        Assert.DoesNotContain(server.Folder, time.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(server.Data.Incoming));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", "after its arrival")]
    [InlineData("2099-01-01T00:00:00Z", "after its arrival")]
    [InlineData("1900-01-01T00:00:00Z", "before 1970-01-02")]
    public async Task A_time_that_no_event_can_have_is_refused_with_its_line(string time, string reason)
    {
        await server.PutAsync("/v1/models/times", """{"task":"binary"}""");
        var refused = await server.PutAsync("/v1/models/times/reference?timestamp=at", $"at,income\n2026-01-01T00:00:00Z,1\n{time},2\n", "text/csv");
        Assert.Equal((422, 3), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("line").GetInt32()));
        Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_over_more_windows_than_can_be_held_is_refused_and_says_what_to_check()
    {
        await server.PutAsync("/v1/models/span", """{"task":"binary","window":"1m"}""");
        string columns = string.Join(',', Enumerable.Range(0, 100).Select(i => $"f{i}"));
        string row = string.Join(',', Enumerable.Range(0, 100));
        var refused = await server.PutAsync("/v1/models/span/reference?timestamp=at", $"at,{columns}\n1970-06-01T00:00:00Z,{row}\n2026-01-01T00:00:00Z,{row}\n", "text/csv");
        Assert.Equal(422, refused.Status);
        Assert.Contains("windows of 1m", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_with_nothing_to_watch_is_refused()
    {
        await server.PutAsync("/v1/models/nothing", """{"task":"binary"}""");
        var refused = await server.PutAsync("/v1/models/nothing/reference?timestamp=at", "at\n2026-01-01T00:00:00Z\n", "text/csv");
        Assert.Equal((422, "/problems/invalid-reference"), (refused.Status, refused.Slug));
    }

    [Theory]
    [InlineData("", "text/csv", 422)]
    [InlineData("income\n", "text/csv", 422)]
    [InlineData("PAR1 but not really PAR1", "application/octet-stream", 422)]
    [InlineData("income\n1\n", "text/html", 415)]
    [InlineData("income\n1\n", null, 415)]
    public async Task Bad_files_never_are_the_server_s_fault(string body, string? contentType, int status)
    {
        await server.PutAsync("/v1/models/bad", """{"task":"binary"}""");
        Assert.Equal(status, (await server.PutAsync("/v1/models/bad/reference", body, contentType)).Status);
    }

    [Fact]
    public async Task A_role_that_is_unknown_or_names_no_column_is_refused()
    {
        await server.PutAsync("/v1/models/roles", """{"task":"binary"}""");
        Assert.Equal(400, (await server.PutAsync("/v1/models/roles/reference?timestmp=at", Csv(48), "text/csv")).Status);
        Assert.Equal(422, (await server.PutAsync("/v1/models/roles/reference?timestamp=when", Csv(48), "text/csv")).Status);
    }

    [Fact]
    public async Task A_definition_or_plan_that_moves_on_after_the_reference_is_told_what_it_lacks()
    {
        await server.PutAsync("/v1/models/moved", """{"task":"binary"}""");
        await server.PutAsync("/v1/models/moved/reference?name=june&timestamp=at&score=p&prediction=y", Csv(rows: 24 * 16), "text/csv");

        var plan = await server.PutAsync("/v1/models/moved/plan", "operations: {latencyObjective: 250ms}\nfeatures: [income, age]", "application/yaml");
        Assert.Equal(
            [
                "Feature 'age' of the plan is not in the reference 'june': it is watched once the reference is sent again.",
                "The reference holds no latencies: their usual share over the objective is learnt from the first four weeks of production.",
            ],
            plan.Json.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()));

        Assert.Equal(200, (await server.PutAsync("/v1/models/moved", """{"task":"binary","window":"1d"}""")).Status);
        var reference = await server.GetAsync("/v1/models/moved/reference");
        Assert.Equal("provisional", reference.Json.GetProperty("state").GetString());
        Assert.Contains(reference.Json.GetProperty("warnings").EnumerateArray(), w => w.GetString()!.Contains("fitted for windows of 1h in UTC", StringComparison.Ordinal));
    }

    private static string Csv(int rows)
    {
        var text = new StringBuilder("at,income,region,p,y\n");
        var start = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < rows; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{start.AddHours(i):yyyy-MM-ddTHH:mm:ssZ},{1000 + (i * 37 % 501)},r{i % 3},{i % 10 / 10.0},{i % 2}");
        }
        return text.ToString();
    }
}
