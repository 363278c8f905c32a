using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;
using Bellwether.Server.Demo;
using Bellwether.Statistics.Chance;

namespace Bellwether.Acceptance.Tests;

/// <summary>The same rows through a server's HTTP API, cut into batches of several sizes and shuffled within the allowed lateness.</summary>
public sealed class BatchingTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 17, 13, 25, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_are_byte_identical_for_three_batch_sizes_and_two_shuffles()
    {
        var world = new CreditDefaultWorld(new DemoOptions(5, true, Now));
        var hours = world.Between(Now.AddDays(-8), Now).ToList();
        string reference = Csv(world.Between(Now.AddDays(-29), Now.AddDays(-8)));
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (size, shuffle) in new[] { (97, 0UL), (1_000, 1UL), (5_000, 2UL) })
        {
            using var folder = new TemporaryFolder();
            await using var server = await ServerProcess.StartAsync(Cancellation, "serve", "--data", folder.Path);
            string model = $"/v1/models/{CreditDefaultWorld.Model}";
            await SendAsync(server, HttpMethod.Put, model, "application/json", """{"task":"binary","window":"1h","allowedLateness":"1h"}""");
            await SendAsync(server, HttpMethod.Put, model + "/plan", "application/yaml", Plan);
            await SendAsync(server, HttpMethod.Put, model + "/reference", "application/csv", reference);
            foreach (var body in Bodies(hours, size, shuffle)) { await SendAsync(server, HttpMethod.Post, model + "/predictions?history=true", "application/x-ndjson", body); }
            using var outcomes = new MemoryStream();
            long now = Now.ToMicroseconds();
            foreach (var hour in hours) { DemoBodies.WriteOutcomes(hour, Enumerable.Range(0, hour.Rows.Count).Where(i => hour.KnownAt[i] <= now), outcomes); }
            foreach (string[] part in Encoding.UTF8.GetString(outcomes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Chunk(5_000))
            {
                await SendAsync(server, HttpMethod.Post, model + "/outcomes", "application/x-ndjson", string.Join('\n', part));
            }
            await SendAsync(server, HttpMethod.Post, model + "/closes", "application/json", $$"""{"through":"{{UtcInstantConverter.Format(Now)}}"}""");
            string findings = await server.Http.GetStringAsync(model + "/findings?limit=1000", Cancellation);
            var items = JsonDocument.Parse(findings).RootElement.GetProperty("items");
            Assert.InRange(items.GetArrayLength(), 20, 1000);
            Assert.Equal(4, items.EnumerateArray().Select(f => f.GetProperty("topic").GetString()).Distinct().Count());
            answers.Add(findings);
        }
        Assert.Single(answers);
    }

    private const string Plan = """
        operations: {latencyObjective: 300ms}
        columns: {timestamp: _t, score: _s, outcome: _o, latencySeconds: _l}
        thresholds: [{id: auc-floor, measure: auc, below: 0.72, severity: critical}]
        """;

    /// <summary>Rows in event order, shuffled among neighbours of half an hour, cut into bodies.</summary>
    private static IEnumerable<string> Bodies(IEnumerable<DemoHour> hours, int size, ulong shuffle)
    {
        var lines = new List<(double Order, string Line)>();
        var random = new SplitMix64(shuffle + 1);
        foreach (var hour in hours)
        {
            using var body = new MemoryStream();
            DemoBodies.WritePredictions(hour.Rows, 0, hour.Rows.Count, body);
            string[] rows = Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < rows.Length; i++) { lines.Add((hour.Rows.Timestamps[i] + (shuffle == 0 ? 0 : random.NextDouble() * 1.8e9), rows[i])); }
        }
        return lines.OrderBy(l => l.Order).Select(l => l.Line).Chunk(size).Select(chunk => string.Join('\n', chunk));
    }

    private static string Csv(IEnumerable<DemoHour> hours)
    {
        var csv = new StringBuilder("_t,_s,_o,_l," + string.Join(',', DemoFeature.All.Select(f => f.Name)) + "\n");
        foreach (var hour in hours)
        {
            for (int i = 0; i < hour.Rows.Count; i++)
            {
                csv.Append(UtcInstantConverter.Format(Instants.FromMicroseconds(hour.Rows.Timestamps[i]))).Append(System.Globalization.CultureInfo.InvariantCulture, $",{hour.Rows.Scores[i]},{hour.Outcomes[i]},{hour.Rows.Latencies[i]}");
                foreach (var feature in hour.Rows.Features)
                {
                    csv.Append(',').Append(feature.States[i] == (byte)ValueState.Null ? "" : feature.Numbers.Length > 0
                        ? feature.Numbers[i].ToString(System.Globalization.CultureInfo.InvariantCulture)
                        : feature.Texts[i]);
                }
                csv.Append('\n');
            }
        }
        return csv.ToString();
    }

    private static async Task SendAsync(ServerProcess server, HttpMethod method, string route, string type, string body)
    {
        using var request = new HttpRequestMessage(method, route) { Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
        using var response = await server.Http.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{route}: {await response.Content.ReadAsStringAsync(Cancellation)}");
    }
}
