using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Chance;
using Bellwether.Storage.Log;
using Bellwether.Storage.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellwether.Acceptance.Tests;

/// <summary>Kill -9 at random moments while four clients send and resend what was not answered.</summary>
public sealed class CrashTests
{
    private const int Kills = 10;
    private const int Clients = 4;
    private const int Hours = 8;
    private const int BatchesPerHour = 25;
    private const int RowsPerBatch = 20;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ModelKey Model = ModelKey.Parse("crash");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_row_is_there_once_and_windows_are_those_of_an_undisturbed_run()
    {
        using var disturbed = new TemporaryFolder();
        using var quiet = new TemporaryFolder();
        int killed = await RunAsync(disturbed.Path, Kills);
        await RunAsync(quiet.Path, 0);
        Assert.Equal(Kills, killed);

        var expected = await SummariesAsync(quiet.Path);
        var actual = await SummariesAsync(disturbed.Path);
        Assert.Equal(Hours, expected.Count);
        Assert.Equal(expected, actual);
        var ids = await IdsAsync(disturbed.Path);
        Assert.Equal(Clients * Hours * BatchesPerHour * RowsPerBatch, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ids.Count, expected.Sum(e => e.Rows));
    }

    private static async Task<int> RunAsync(string folder, int kills)
    {
        using var run = new Run(folder, kills);
        await run.StartServerAsync();
        await run.DefineAsync();
        for (int hour = 0; hour < Hours; hour++)
        {
            int h = hour;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => run.SendHourAsync(client, h)));
            await run.PostAsync("closes", "application/json", $$"""{"through":"{{UtcInstantConverter.Format(Start.AddHours(hour + 1))}}"}""");
        }
        return await run.StopAsync();
    }

    private static async Task<List<(DateTimeOffset Start, long Rows, string Bytes)>> SummariesAsync(string folder)
    {
        using var database = await MetadataDatabase.OpenAsync(folder, Cancellation);
        var summaries = await new MonitorStore(database, []).SummariesAsync(Model, new TimeWindow(Start, Start.AddDays(2)), Cancellation);
        return [.. summaries.Select(s => (s.Window.Start, s.Rows, Convert.ToHexString(s.Bytes)))];
    }

    private static async Task<List<string>> IdsAsync(string folder)
    {
        await using var log = await PredictionLog.OpenAsync(folder, new LogOptions(), TimeProvider.System, NullLogger.Instance, Cancellation);
        var ids = new List<string>();
        await foreach (var batch in log.ReadPredictionsAsync(Model, new TimeWindow(Start, Start.AddDays(2)), Cancellation)) { ids.AddRange(batch.Ids[..batch.Count]); }
        return ids;
    }

    /// <summary>One server's life with its deaths.</summary>
    private sealed class Run(string folder, int kills) : IDisposable
    {
        private readonly SplitMix64 _random = new(20261123);
        private readonly SemaphoreSlim _restart = new(1);
        private ServerProcess _server = null!;
        private int _killed;
        private int _sent;

        public async Task StartServerAsync() => _server = await ServerProcess.StartAsync(Cancellation, "serve", "--data", folder);

        public async Task DefineAsync()
        {
            await PutAsync("", "application/json", """{"task":"binary","columns":{"x":{"type":"number"},"kind":{"type":"text"}}}""");
            var random = new SplitMix64(5);
            var csv = new StringBuilder("x,kind,score\n");
            for (int i = 0; i < 500; i++) { csv.Append(CultureInfo.InvariantCulture, $"{random.NextNormal()},{"abc"[random.NextInt(3)]},{random.NextDouble()}\n"); }
            await PutAsync("/reference?score=score", "application/csv", csv.ToString());
        }

        public async Task SendHourAsync(int client, int hour)
        {
            for (int batch = 0; batch < BatchesPerHour; batch++)
            {
                await PostAsync("predictions?history=true", "application/x-ndjson", Body(client, hour, batch));
                if (Interlocked.Increment(ref _sent) % (Clients * Hours * BatchesPerHour / (Kills + 1)) == 0 && _killed < kills) { await KillAsync(); }
            }
        }

        public Task PostAsync(string route, string type, string body) => ResendAsync(HttpMethod.Post, "/" + route, type, body);

        public async Task<int> StopAsync()
        {
            Assert.Equal(0, await _server.StopAsync());
            await _server.DisposeAsync();
            return _killed;
        }

        public void Dispose() => _restart.Dispose();

        private Task PutAsync(string route, string type, string body) => ResendAsync(HttpMethod.Put, route, type, body);

        /// <summary>Sends until it is answered: what a patient client does.</summary>
        private async Task ResendAsync(HttpMethod method, string route, string type, string body)
        {
            while (true)
            {
                try
                {
                    using var request = new HttpRequestMessage(method, $"/v1/models/{Model}{route}")
                    {
                        Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
                    };
                    using var response = await _server.Http.SendAsync(request, Cancellation);
                    if (response.IsSuccessStatusCode) { return; }
                    string text = await response.Content.ReadAsStringAsync(Cancellation);
                    Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{response.StatusCode} {route}: {text}");
                }
                catch (HttpRequestException) { } // Killed in the middle: nobody knows whether it was stored.
                catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested) { } // Its server died under it.
                catch (ObjectDisposedException) { }
                await Task.Delay(50, Cancellation);
            }
        }

        private async Task KillAsync()
        {
            await _restart.WaitAsync(Cancellation);
            try
            {
                await Task.Delay(_random.NextInt(40), Cancellation);
                _server.Kill();
                _killed++;
                var dead = _server;
                await StartServerAsync();
                await dead.DisposeAsync();
            }
            finally { _restart.Release(); }
        }

        private static string Body(int client, int hour, int batch)
        {
            var random = new SplitMix64(SplitMix64.SeedFrom((ulong)client, (ulong)hour, (ulong)batch));
            var body = new StringBuilder();
            for (int r = 0; r < RowsPerBatch; r++)
            {
                var at = Start.AddHours(hour).AddSeconds(random.NextInt(3600));
                body.Append(CultureInfo.InvariantCulture,
                    $$$"""{"id":"{{{client}}}-{{{hour}}}-{{{batch}}}-{{{r}}}","timestamp":"{{{UtcInstantConverter.Format(at)}}}","features":{"x":{{{random.NextNormal()}}},"kind":"{{{"abc"[random.NextInt(3)]}}}"},"score":{{{random.NextDouble()}}},"latencySeconds":0.01}""").Append('\n');
            }
            return body.ToString();
        }
    }
}
