using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Server.Channels;
using Bellwether.Server.Tests.Hosting;

namespace Bellwether.Server.Tests.Channels;

public sealed class WebhookDeliveryTests
{
    private static readonly ModelKey Model = ModelKey.Parse("credit");
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_tried_again_until_the_target_takes_it_and_the_next_of_the_same_alert_waits()
    {
        await using var listener = await WebhookListener.StartAsync(503, 500);
        await using var server = new RunningServer(listener.Url);
        await server.InitializeAsync();
        await FireAsync(server, Notification("firing", AlertState.Firing), Notification("resolved", AlertState.Resolved));
        await UntilAsync(() => listener.Received.Count >= 4);

        var events = listener.Received.Select(r => JsonSerializer.Deserialize(r.Body, BellwetherJson.Default.AlertNotification)!.Event);
        Assert.Equal(["firing", "firing", "firing", "resolved"], events);
        Assert.All(listener.Received, received => Assert.Equal("application/json", received.ContentType));
        Assert.Single(listener.Received.Take(3).Select(received => received.Delivery).Distinct());
        await UntilAsync(async () => (await server.Data.Outbox.PendingAsync(10, Cancel)).Count == 0);
    }

    [Fact]
    public async Task A_target_that_is_gone_keeps_no_other_waiting_and_survives_a_restart()
    {
        await using var listener = await WebhookListener.StartAsync();
        await using var server = new RunningServer("http://127.0.0.1:1/gone", listener.Url);
        await server.InitializeAsync();
        await FireAsync(server, Notification("firing", AlertState.Firing));
        await UntilAsync(() => listener.Received.Count == 1);
        await UntilAsync(async () => (await server.Data.Outbox.PendingAsync(10, Cancel)) is [{ Attempts: > 0 }]);
        await server.RestartAsync();
        await UntilAsync(async () => (await server.Data.Outbox.PendingAsync(10, Cancel)) is [{ Attempts: > 1, Target: "http://127.0.0.1:1/gone" }]);
        Assert.Single(listener.Received);
    }

    [Fact]
    public void Pauses_double_up_to_an_hour_and_are_spread()
    {
        for (int attempt = 1; attempt < 40; attempt++)
        {
            double nominal = Math.Min(3600, Math.Pow(2, attempt));
            var pauses = Enumerable.Range(0, 200).Select(seed => DeliverySchedule.Pause(attempt, seed).TotalSeconds / nominal).ToList();
            Assert.All(pauses, share => Assert.InRange(share, 0.75, 1.25));
            Assert.True(pauses.Max() - pauses.Min() > 0.4);
        }
    }

    private static async Task FireAsync(RunningServer server, params AlertNotification[] notifications)
    {
        await server.Data.Store.TrySaveAsync(Model, 0, new EvaluationChanges([1], [], [], [], [], notifications, null), TimeProvider.System.GetUtcNow(), Cancel);
        server.Part<WebhookDelivery>().Wake();
    }

    private static AlertNotification Notification(string happened, AlertState state) =>
        new(happened, "a1", Model, "drift.ted", "income", null, state, Severity.Major, Start, null, ["f1"], "income fell", [new AlertStep(Start, happened, "bellwether")]);

    private static Task UntilAsync(Func<bool> done) => UntilAsync(() => Task.FromResult(done()));

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await done()) { return; }
            await Task.Delay(100, Cancel);
        }
        Assert.Fail("It did not happen within 30 s.");
    }
}
