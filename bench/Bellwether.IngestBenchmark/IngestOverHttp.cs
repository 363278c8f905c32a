using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Statistics.Chance;
using Bellwether.Storage.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellwether.IngestBenchmark;

/// <summary>
/// Sends NDJSON to a server as fast as it answers and reads the server's own CPU time from the system, so that the sender's does not
/// count. Beside it: the same bodies only parsed by the framework's JSON reader into records, the obvious alternative.
/// </summary>
internal static class IngestOverHttp
{
    private static readonly ModelKey Model = ModelKey.Parse("bench");

    public static async Task RunAsync(int seconds, int connections, int rows, int features, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("bellwether-bench-").FullName;
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Bellwether.Server", "bin", "Release", "net10.0", "Bellwether.Server.dll");
        using var server = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--data", folder, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        try
        {
            string ready = (await server.StandardOutput.ReadLineAsync(cancellationToken))!;
            using var http = new HttpClient { BaseAddress = new Uri(ready["Bellwether is ready: ".Length..]) };
            using (var definition = new StringContent("""{"task":"binary"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")))
            {
                (await http.PutAsync($"/v1/models/{Model}", definition, cancellationToken)).EnsureSuccessStatusCode();
            }
            await SendAsync(http, connections, rows, features, TimeSpan.FromSeconds(2), 0, cancellationToken); // Warms both sides up.
            server.Refresh();
            var (before, clock) = (server.TotalProcessorTime, Stopwatch.StartNew());
            long sent = await SendAsync(http, connections, rows, features, TimeSpan.FromSeconds(seconds), 1, cancellationToken);
            var wall = clock.Elapsed;
            server.Refresh();
            double cpu = (server.TotalProcessorTime - before).TotalMicroseconds / sent;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"HTTP, NDJSON x {rows}, {features} features, {connections} connections: {sent / wall.TotalSeconds:N0} events/s, {cpu:0.0} µs of server CPU an event, peak {server.PeakWorkingSet64 >> 20} MiB"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
        await AllocationsAsync(rows, features, output, cancellationToken);
        Records(rows, features, output);
    }

    private static async Task<long> SendAsync(
        HttpClient http, int connections, int rows, int features, TimeSpan time, int round, CancellationToken cancellationToken)
    {
        long sent = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            byte[] template = Body(rows, features, (ulong)connection);
            for (int request = 0; clock.Elapsed < time; request++)
            {
                Stamp(template, rows, $"{round:D1}{connection:D2}{request:D7}");
                using var content = new ByteArrayContent(template) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
                using var response = await http.PostAsync($"/v1/models/{Model}/predictions?history=true", content, cancellationToken);
                if ((int)response.StatusCode == 503) { await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken); continue; }
                response.EnsureSuccessStatusCode();
                Interlocked.Add(ref sent, rows);
            }
        }, cancellationToken)));
        return sent;
    }

    /// <summary>Bytes allocated an event from body to acknowledgement, without HTTP: parser, identity, journal, hot table.</summary>
    private static async Task AllocationsAsync(int rows, int features, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("bellwether-bench-").FullName;
        try
        {
            await using var log = await PredictionLog.OpenAsync(folder, new LogOptions(), TimeProvider.System, NullLogger.Instance, cancellationToken);
            await log.DeclareModelAsync(Model, new(Contracts.Registry.ModelTask.Binary), cancellationToken);
            byte[] body = Body(rows, features, 1);
            const int Requests = 500;
            long before = 0;
            for (int request = 0; request < 2 * Requests; request++)
            {
                if (request == Requests) { before = GC.GetTotalAllocatedBytes(precise: true); }
                Stamp(body, rows, request.ToString("D10", CultureInfo.InvariantCulture));
                await log.AppendPredictionsAsync(Model, BodyFormat.NdJson, new MemoryStream(body), TimeProvider.System.GetUtcNow(), cancellationToken);
            }
            await log.FlushAsync(cancellationToken);
            double bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Requests * rows);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Log without HTTP: {bytes:N0} bytes allocated an event"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static void Records(int rows, int features, TextWriter output)
    {
        byte[] body = Body(rows, features, 1);
        string[] lines = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in lines) { System.Text.Json.JsonSerializer.Deserialize(line, BellwetherJson.Default.Prediction); }
        var clock = Stopwatch.StartNew();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        const int Rounds = 100;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (string line in lines) { System.Text.Json.JsonSerializer.Deserialize(line, BellwetherJson.Default.Prediction); }
        }
        double events = Rounds * lines.Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Alternative, deserialised into records and nothing stored: {clock.Elapsed.TotalMicroseconds / events:0.0} µs an event, {(GC.GetTotalAllocatedBytes(precise: true) - before) / events:N0} bytes allocated"));
    }

    private static byte[] Body(int rows, int features, ulong seed)
    {
        var random = new SplitMix64(seed);
        var at = TimeProvider.System.GetUtcNow().AddHours(-3);
        var body = new StringBuilder();
        for (int r = 0; r < rows; r++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"0000000000-{r:D5}\",\"version\":\"1\",\"timestamp\":\"{UtcInstantConverter.Format(at.AddMilliseconds(r))}\",\"features\":{{");
            for (int f = 0; f < features; f++)
            {
                body.Append(f == 0 ? "" : ",");
                if (f % 5 == 4) { body.Append(CultureInfo.InvariantCulture, $"\"f{f}\":\"category{random.NextInt(8)}\""); }
                else { body.Append(CultureInfo.InvariantCulture, $"\"f{f}\":{Math.Round(random.NextNormal(), 6)}"); }
            }
            body.Append(CultureInfo.InvariantCulture, $"}},\"prediction\":1,\"score\":{Math.Round(random.NextDouble(), 6)},\"latencySeconds\":0.012}}\n");
        }
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    /// <summary>Gives every row of a body an id of its own, in place.</summary>
    private static void Stamp(byte[] body, int rows, string request)
    {
        var at = body.AsSpan();
        for (int r = 0; r < rows; r++)
        {
            int id = at.IndexOf("{\"id\":\""u8) + 7;
            Encoding.ASCII.GetBytes(request, at[id..]);
            at = at[(id + 10)..];
        }
    }
}
