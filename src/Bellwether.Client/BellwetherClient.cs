using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;

namespace Bellwether.Client;

/// <summary>
/// The HTTP API of a Bellwether server. Safe for calls at once. Every method throws <see cref="BellwetherException"/> when the server
/// refuses or cannot be reached, after retrying what may pass: a refused or broken connection, 503 and 429.
/// </summary>
public sealed class BellwetherClient
{
    private readonly RetryingSender _sender;
    private readonly BellwetherClientOptions _options;
    private readonly Uri _root;

    /// <param name="http">Sends the requests; stays the caller's. Its own time-out should be longer than an attempt's.</param>
    /// <param name="server">The server's address, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">The clock that retries wait by; null for the system's.</param>
    /// <exception cref="ArgumentException">The address is not absolute HTTP, or an option is out of its range.</exception>
    public BellwetherClient(HttpClient http, Uri server, BellwetherClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(server);
        if (!server.IsAbsoluteUri || server.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{server}' is no address such as http://127.0.0.1:5080.", nameof(server));
        }
        _options = (options ?? new BellwetherClientOptions()).Validated();
        _root = new Uri(server.AbsoluteUri.TrimEnd('/') + "/");
        _sender = new RetryingSender(http, _options, time ?? TimeProvider.System);
    }

    /// <summary>Creates or changes a model.</summary>
    public Task<StoredModelDefinition> DefineAsync(ModelKey model, ModelDefinition definition, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, Route(model, ""), Json(definition, BellwetherJson.Default.ModelDefinition), BellwetherJson.Default.StoredModelDefinition, cancellationToken);

    /// <summary>Stores a plan. <see cref="BellwetherException.Faults"/> lists everything wrong with it.</summary>
    /// <param name="plan">YAML or JSON.</param>
    public Task<PlanReceipt> SavePlanAsync(ModelKey model, string plan, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Put, Route(model, "/plan"), new Body(Encoding.UTF8.GetBytes(plan), "application/yaml"), BellwetherJson.Default.PlanReceipt, cancellationToken);

    /// <summary>Uploads the rows that later ones are compared with.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="contentType"><c>application/csv</c> or <c>application/vnd.apache.parquet</c>.</param>
    /// <param name="name">What people call it, such as the file's name.</param>
    /// <param name="columns">Which columns play which part.</param>
    public Task<ReferenceReceipt> UploadReferenceAsync(
        ModelKey model, ReadOnlyMemory<byte> file, string contentType, string name, ReferenceColumns columns, CancellationToken cancellationToken = default) => SendAsync(
            HttpMethod.Put, Route(model, "/reference" + Query([("name", name), .. columns.Query()])), new Body(file, contentType), BellwetherJson.Default.ReferenceReceipt, cancellationToken);

    /// <summary>Sends predictions in batches, one after another. Rejected rows come back by their position among all that were given.</summary>
    /// <param name="isHistory">Whether these rows end an upload of the past: windows then wait for the last of them.</param>
    /// <param name="progress">Told the number of rows sent so far after each batch.</param>
    public Task<IngestReceipt> SendPredictionsAsync(
        ModelKey model, IEnumerable<Prediction> predictions, bool isHistory = false, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        SendRowsAsync(Route(model, isHistory ? "/predictions?history=true" : "/predictions"), predictions, BellwetherJson.Default.Prediction, progress, cancellationToken);

    /// <summary>Sends outcomes in batches, one after another.</summary>
    /// <param name="progress">Told the number of rows sent so far after each batch.</param>
    public Task<IngestReceipt> SendOutcomesAsync(
        ModelKey model, IEnumerable<Outcome> outcomes, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        SendRowsAsync(Route(model, "/outcomes"), outcomes, BellwetherJson.Default.Outcome, progress, cancellationToken);

    /// <summary>Closes every window that ends at or before an instant and evaluates it.</summary>
    public Task<CloseRecord> CloseAsync(ModelKey model, DateTimeOffset through, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post, Route(model, "/closes"), Json(new CloseRequest(through), BellwetherJson.Default.CloseRequest), BellwetherJson.Default.CloseRecord, cancellationToken);

    /// <summary>A prediction with what came after it.</summary>
    public Task<StoredPrediction> FindPredictionAsync(ModelKey model, string id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, Route(model, $"/predictions/{Uri.EscapeDataString(id)}"), null, BellwetherJson.Default.StoredPrediction, cancellationToken);

    /// <summary>All models with their states.</summary>
    public IAsyncEnumerable<ModelItem> ModelsAsync(CancellationToken cancellationToken = default) =>
        ListAsync("v1/models", [], BellwetherJson.Default.PageModelItem, cancellationToken);

    /// <summary>Windows that overlap a range, by start; null leaves an end open.</summary>
    public IAsyncEnumerable<WindowReport> WindowsAsync(
        ModelKey model, DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken cancellationToken = default) =>
        ListAsync(Route(model, "/windows"), [("from", Text(from)), ("to", Text(to))], BellwetherJson.Default.PageWindowReport, cancellationToken);

    /// <summary>Findings whose window ends in a range, by window, then id; null leaves an end or the topic open.</summary>
    public IAsyncEnumerable<Finding> FindingsAsync(
        ModelKey model, DateTimeOffset? from = null, DateTimeOffset? to = null, string? topic = null, CancellationToken cancellationToken = default) =>
        ListAsync(Route(model, "/findings"), [("from", Text(from)), ("to", Text(to)), ("topic", topic)], BellwetherJson.Default.PageFinding, cancellationToken);

    /// <summary>Alerts in their latest state, newest first; null takes every model or state.</summary>
    public IAsyncEnumerable<Alert> AlertsAsync(ModelKey? model = null, AlertState? state = null, CancellationToken cancellationToken = default) => ListAsync(
        "v1/alerts", [("model", model?.Value), ("state", state?.ToString().ToLowerInvariant())], BellwetherJson.Default.PageAlert, cancellationToken);

    private async Task<IngestReceipt> SendRowsAsync<T>(
        string route, IEnumerable<T> rows, JsonTypeInfo<T> type, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        int accepted = 0, duplicates = 0, sent = 0;
        var rejected = new List<RejectedRow>();
        foreach (var batch in rows.Chunk(_options.BatchRows))
        {
            var receipt = await SendAsync(HttpMethod.Post, route, Lines(batch, type), BellwetherJson.Default.IngestReceipt, cancellationToken).ConfigureAwait(false);
            accepted += receipt.Accepted;
            duplicates += receipt.Duplicates;
            int before = sent;
            rejected.AddRange(receipt.Rejected.Select(row => row with { Row = before + row.Row }));
            sent += batch.Length;
            progress?.Report(sent);
        }
        return new IngestReceipt(accepted, duplicates, rejected);
    }

    private async IAsyncEnumerable<T> ListAsync<T>(
        string route, IReadOnlyList<(string Name, string? Value)> query, JsonTypeInfo<Page<T>> type,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await SendAsync(HttpMethod.Get, route + Query([.. query, ("cursor", cursor)]), null, type, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) { yield return item; }
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string route, Body? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        byte[] answer = await _sender.SendAsync(() => Request(method, route, body), cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException exception)
        {
            throw new BellwetherException($"{method} /{route} was answered with something else than expected: {exception.Message}", null, "", [], exception);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string route, Body? body)
    {
        var request = new HttpRequestMessage(method, new Uri(_root, route));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ReadOnlyMemoryContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(body.ContentType) } };
        }
        return request;
    }

    private static Body Json<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");

    private static Body Lines<T>(T[] rows, JsonTypeInfo<T> type)
    {
        var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes);
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(writer, row, type);
            writer.Flush();
            writer.Reset();
            bytes.WriteByte((byte)'\n');
        }
        return new Body(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), "application/x-ndjson");
    }

    private static string Route(ModelKey model, string rest) => $"v1/models/{model.Value}{rest}";

    private static string Query(IReadOnlyList<(string Name, string? Value)> parts)
    {
        string query = string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "" : "?" + query;
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } i ? UtcInstantConverter.Format(i) : null;

    private sealed record Body(ReadOnlyMemory<byte> Bytes, string ContentType);
}
