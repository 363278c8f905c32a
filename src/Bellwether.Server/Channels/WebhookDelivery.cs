using System.Net;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Server.Hosting;
using Bellwether.Storage.Metadata;

namespace Bellwether.Server.Channels;

/// <summary>
/// Posts what the outbox holds, oldest first. Every try is a row; a notification is never sent before an older one of the same alert
/// to the same target, and a target that does not answer keeps nobody else waiting.
/// </summary>
internal sealed partial class WebhookDelivery(DataFolder data, WebhookTargets targets, IHttpClientFactory clients, TimeProvider time, ILogger<WebhookDelivery> logger)
    : BackgroundService
{
    public const string ClientName = "webhook";

    private const int Batch = 500;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _wake = new(0, 1);

    public static void Configure(HttpClient client)
    {
        client.Timeout = Timeout;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Bellwether/1");
    }

    // A redirect could lead a message somewhere nobody configured.
    public static HttpMessageHandler Handler() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Timeout };

    /// <summary>Something new is in the outbox.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await data.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Idle;
            try
            {
                pause = await SendDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogOutbox(exception); // The outbox could not be read or written; the next round tries again.
            }
            if (pause > TimeSpan.Zero) { await _wake.WaitAsync(pause, stoppingToken); }
        }
    }

    /// <summary>Sends what is due; how long there is nothing to do then.</summary>
    private async Task<TimeSpan> SendDueAsync(CancellationToken cancellationToken)
    {
        var pending = await data.Outbox.PendingAsync(Batch, cancellationToken);
        if (pending.Count == 0) { return Idle; }
        var pauses = await Task.WhenAll(pending.GroupBy(delivery => delivery.Target).Select(group => SendToAsync(group, cancellationToken)));
        return pauses.Min();
    }

    private async Task<TimeSpan> SendToAsync(IEnumerable<PendingDelivery> deliveries, CancellationToken cancellationToken)
    {
        var held = new HashSet<string>(StringComparer.Ordinal); // Alerts with an older notification that still waits.
        var pause = Idle;
        bool any = false;
        foreach (var delivery in deliveries)
        {
            var now = time.GetUtcNow();
            if (!targets.Urls.Contains(delivery.Target, StringComparer.Ordinal))
            {
                await data.Outbox.RecordAsync(delivery, DeliveryResult.Abandoned, "no longer configured", now, cancellationToken);
                continue;
            }
            if (held.Contains(delivery.Notification.Id)) { continue; }
            var due = delivery.LastAttempt is { } last ? last + DeliverySchedule.Pause(delivery.Attempts, delivery.Sequence) : now;
            if (due > now)
            {
                held.Add(delivery.Notification.Id);
                pause = Shorter(pause, due - now);
                continue;
            }
            any = true;
            var (delivered, reachable, detail) = await PostAsync(delivery, cancellationToken);
            now = time.GetUtcNow();
            var result = delivered ? DeliveryResult.Delivered : now - delivery.QueuedAt >= DeliverySchedule.GiveUpAfter ? DeliveryResult.Abandoned : DeliveryResult.Failed;
            await data.Outbox.RecordAsync(delivery, result, detail, now, cancellationToken);
            if (delivered) { continue; }
            LogNotDelivered(delivery.Notification.Id, delivery.Target, detail, delivery.Attempts + 1, result);
            var next = DeliverySchedule.Pause(delivery.Attempts + 1, delivery.Sequence);
            held.Add(delivery.Notification.Id);
            pause = Shorter(pause, next);
            if (!reachable) { return pause; } // The others for this target would only wait for the same time-out.
        }
        return any && pause == Idle ? TimeSpan.Zero : pause; // A full batch may have more behind it.
    }

    private async Task<(bool Delivered, bool Reachable, string Detail)> PostAsync(PendingDelivery delivery, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(delivery.Notification, BellwetherJson.Default.AlertNotification));
        content.Headers.ContentType = new("application/json");
        // The same number on every try: a receiver that took it but could not say so can tell.
        content.Headers.Add("Bellwether-Delivery", delivery.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            using var response = await client.PostAsync(new Uri(delivery.Target), content, cancellationToken);
            bool busy = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
            return (response.IsSuccessStatusCode, !busy, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException exception)
        {
            return (false, false, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, false, $"no answer within {Timeout.TotalSeconds:0} s");
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Warning, "Alert {Alert} did not reach {Target}: {Detail} (try {Attempt}, {Result})")]
    private partial void LogNotDelivered(string alert, string target, string detail, int attempt, DeliveryResult result);

    [LoggerMessage(LogLevel.Error, "The outbox could not be worked off; trying again")]
    private partial void LogOutbox(Exception exception);
}
