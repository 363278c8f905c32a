using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Statistics.Chance;

namespace Bellwether.Acceptance.Tests;

/// <summary>
/// One server's life with its deaths: four clients send the rows of an hour and the outcomes of the hour before the last, then the hour
/// is closed, and so on. Whatever gets no answer is sent again.
/// </summary>
/// <param name="closeTime">How long a close takes at most: kills fall somewhere in it. Zero for a life without kills.</param>
internal sealed class CrashRun(string folder, TimeSpan closeTime) : IDisposable
{
    public const int Hours = 8;
    public const int RowsPerHour = Clients * Batches * RowsPerBatch;
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    public static readonly ModelKey Model = ModelKey.Parse("crash");

    private const int Clients = 4;
    private const int Batches = 25;
    private const int RowsPerBatch = 20;
    private const int OutcomeHours = 2; // So many hours later an outcome is known.
    private const int BatchesBetweenKills = 120;

    private readonly SplitMix64 _random = new(20261123);
    private readonly SemaphoreSlim _restart = new(1);
    private ServerProcess _server = null!;
    private int _sent;
    private int _predictionsUnderWay;
    private int _outcomesUnderWay;

    public int Kills { get; private set; }

    /// <summary>Kills at which a request with predictions had no answer yet.</summary>
    public int DuringPredictions { get; private set; }

    public int DuringOutcomes { get; private set; }

    public int DuringClose { get; private set; }

    public TimeSpan LongestClose { get; private set; }

    private bool HasKills => closeTime > TimeSpan.Zero;

    /// <summary>What the server says of its windows, findings and alerts when all is over.</summary>
    public async Task<(string Windows, string Findings, string Alerts)> ToEndAsync(CancellationToken cancellationToken)
    {
        await StartServerAsync(cancellationToken);
        await DefineAsync(cancellationToken);
        for (int hour = 0; hour < Hours + OutcomeHours; hour++)
        {
            int h = hour;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SendHourAsync(client, h, cancellationToken)));
            await CloseAsync(hour, cancellationToken);
        }
        var answers = (await GetAsync($"/v1/models/{Model}/windows"), await GetAsync($"/v1/models/{Model}/findings"), await GetAsync("/v1/alerts"));
        Assert.Equal(0, await _server.StopAsync());
        await _server.DisposeAsync();
        return answers;

        Task<string> GetAsync(string route) => _server.Http.GetStringAsync(new Uri(route, UriKind.Relative), cancellationToken);
    }

    public void Dispose() => _restart.Dispose();

    private async Task StartServerAsync(CancellationToken cancellationToken) => _server = await ServerProcess.StartAsync(cancellationToken, "serve", "--data", folder);

    private async Task DefineAsync(CancellationToken cancellationToken)
    {
        await ResendAsync(HttpMethod.Put, "", "application/json", """{"task":"binary","columns":{"x":{"type":"number"},"kind":{"type":"text"}}}""", cancellationToken);
        await ResendAsync(HttpMethod.Put, "/plan", "application/yaml", "thresholds: [{id: auc-floor, measure: auc, below: 0.6, severity: critical}]", cancellationToken);
        var random = new SplitMix64(5);
        var csv = new StringBuilder("x,kind,score\n");
        for (int i = 0; i < 500; i++) { csv.Append(CultureInfo.InvariantCulture, $"{random.NextNormal()},{"abc"[random.NextInt(3)]},{random.NextDouble()}\n"); }
        await ResendAsync(HttpMethod.Put, "/reference?score=score", "application/csv", csv.ToString(), cancellationToken);
    }

    private async Task SendHourAsync(int client, int hour, CancellationToken cancellationToken)
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            if (hour < Hours)
            {
                Interlocked.Increment(ref _predictionsUnderWay);
                await ResendAsync(HttpMethod.Post, "/predictions?history=true", "application/x-ndjson", Predictions(client, hour, batch), cancellationToken);
                Interlocked.Decrement(ref _predictionsUnderWay);
            }
            if (hour >= OutcomeHours)
            {
                Interlocked.Increment(ref _outcomesUnderWay);
                await ResendAsync(HttpMethod.Post, "/outcomes", "application/x-ndjson", Outcomes(client, hour - OutcomeHours, batch), cancellationToken);
                Interlocked.Decrement(ref _outcomesUnderWay);
            }
            if (HasKills && Interlocked.Increment(ref _sent) % BatchesBetweenKills == 0) { await KillAsync(_random.NextInt(8), null, cancellationToken); }
        }
    }

    private async Task CloseAsync(int hour, CancellationToken cancellationToken)
    {
        string body = $$"""{"through":"{{UtcInstantConverter.Format(Start.AddHours(hour + 1))}}"}""";
        var clock = Stopwatch.StartNew();
        var close = ResendAsync(HttpMethod.Post, "/closes", "application/json", body, cancellationToken);
        if (HasKills && hour % 3 != 0) { await KillAsync(_random.NextInt((int)closeTime.TotalMilliseconds), close, cancellationToken); }
        await close;
        if (clock.Elapsed > LongestClose) { LongestClose = clock.Elapsed; }
    }

    /// <summary>Sends until it is answered: what a patient client does.</summary>
    private async Task ResendAsync(HttpMethod method, string route, string type, string body, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, $"/v1/models/{Model}{route}")
                {
                    Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
                };
                using var response = await _server.Http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode) { return; }
                string text = await response.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{response.StatusCode} {route}: {text}");
            }
            catch (HttpRequestException) { } // Killed in the middle: nobody knows whether it was stored.
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested) { } // Its server died under it.
            catch (ObjectDisposedException) { }
            await Task.Delay(50, cancellationToken);
        }
    }

    private async Task KillAsync(int afterMilliseconds, Task? close, CancellationToken cancellationToken)
    {
        await _restart.WaitAsync(cancellationToken);
        try
        {
            await Task.Delay(afterMilliseconds, cancellationToken);
            if (close is { IsCompleted: false }) { DuringClose++; }
            if (Volatile.Read(ref _predictionsUnderWay) > 0) { DuringPredictions++; }
            if (Volatile.Read(ref _outcomesUnderWay) > 0) { DuringOutcomes++; }
            _server.Kill();
            Kills++;
            var dead = _server;
            await StartServerAsync(cancellationToken);
            await dead.DisposeAsync();
        }
        finally { _restart.Release(); }
    }

    private static string Predictions(int client, int hour, int batch)
    {
        var random = new SplitMix64(SplitMix64.SeedFrom((ulong)client, (ulong)hour, (ulong)batch));
        var body = new StringBuilder();
        for (int r = 0; r < RowsPerBatch; r++)
        {
            var at = Start.AddHours(hour).AddSeconds(random.NextInt(3600));
            body.Append(CultureInfo.InvariantCulture,
                $$$"""{"id":"{{{client}}}-{{{hour}}}-{{{batch}}}-{{{r}}}","timestamp":"{{{UtcInstantConverter.Format(at)}}}","features":{"x":{{{random.NextNormal()}}},"kind":"{{{"abc"[random.NextInt(3)]}}}"},"prediction":1,"score":{{{random.NextDouble()}}},"latencySeconds":0.01}""").Append('\n');
        }
        return body.ToString();
    }

    /// <summary>Outcomes of one batch of predictions.</summary>
    private static string Outcomes(int client, int hour, int batch)
    {
        var random = new SplitMix64(SplitMix64.SeedFrom((ulong)client, (ulong)hour, (ulong)batch, 1));
        var body = new StringBuilder();
        for (int r = 0; r < RowsPerBatch; r++)
        {
            var known = Start.AddHours(hour + OutcomeHours).AddSeconds(random.NextInt(3600));
            body.Append(CultureInfo.InvariantCulture,
                $$$"""{"id":"{{{client}}}-{{{hour}}}-{{{batch}}}-{{{r}}}","outcome":{{{random.NextInt(2)}}},"timestamp":"{{{UtcInstantConverter.Format(known)}}}"}""").Append('\n');
        }
        return body.ToString();
    }
}
