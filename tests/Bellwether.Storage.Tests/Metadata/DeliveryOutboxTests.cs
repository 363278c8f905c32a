using Bellwether.Contracts.Alerts;
using Bellwether.Storage.Metadata;
using static Bellwether.Storage.Tests.Metadata.StoreFixture;

namespace Bellwether.Storage.Tests.Metadata;

public sealed class DeliveryOutboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_transition_waits_once_for_each_target_in_order()
    {
        using var fixture = await OpenAsync("http://localhost:1/a", "http://localhost:1/b");
        await fixture.Store.TrySaveAsync(
            Model, 0, Changes(notifications: [Notification("x", "firing", AlertState.Firing), Notification("x", "resolved", AlertState.Resolved)]), Start, Cancel);
        var pending = await new DeliveryOutbox(fixture.Database).PendingAsync(10, Cancel);
        Assert.Equal(
            [("firing", "a"), ("resolved", "a"), ("firing", "b"), ("resolved", "b")],
            pending.OrderBy(p => p.Target, StringComparer.Ordinal).Select(p => (p.Notification.Event, p.Target[^1..])));
        Assert.All(pending, p => Assert.Equal((0, null, Start), (p.Attempts, p.LastAttempt, p.QueuedAt)));
        Assert.Equal("income <b>fell</b>", pending[0].Notification.Text);
    }

    [Fact]
    public async Task A_failed_try_is_counted_and_comes_again_and_a_final_one_does_not()
    {
        using var fixture = await OpenAsync("http://localhost:1/a");
        var outbox = new DeliveryOutbox(fixture.Database);
        await fixture.Store.TrySaveAsync(
            Model, 0, Changes(notifications: [Notification("x", "firing", AlertState.Firing), Notification("y", "firing", AlertState.Firing)]), Start, Cancel);
        var pending = await outbox.PendingAsync(10, Cancel);
        await outbox.RecordAsync(pending[0], DeliveryResult.Failed, "503", Start.AddSeconds(1), Cancel);
        await outbox.RecordAsync(pending[1], DeliveryResult.Abandoned, "410", Start.AddSeconds(1), Cancel);

        var again = Assert.Single(await outbox.PendingAsync(10, Cancel));
        Assert.Equal((1, Start.AddSeconds(1)), (again.Attempts, again.LastAttempt));
        await outbox.RecordAsync(again, DeliveryResult.Delivered, "200", Start.AddSeconds(5), Cancel);
        Assert.Empty(await outbox.PendingAsync(10, Cancel));
    }

    [Fact]
    public async Task A_target_with_much_to_catch_up_leaves_room_for_the_others()
    {
        using var fixture = await OpenAsync("http://localhost:1/a", "http://localhost:1/b");
        string[] alerts = ["u", "v", "w", "x", "y"];
        await fixture.Store.TrySaveAsync(Model, 0, Changes(notifications: [.. alerts.Select(alert => Notification(alert, "firing", AlertState.Firing))]), Start, Cancel);
        var outbox = new DeliveryOutbox(fixture.Database);
        foreach (var delivered in (await outbox.PendingAsync(4, Cancel)).Where(p => p.Target.EndsWith('b')))
        {
            await outbox.RecordAsync(delivered, DeliveryResult.Delivered, "200", Start, Cancel);
        }
        var pending = await outbox.PendingAsync(4, Cancel);
        Assert.Equal(4, pending.Count(p => p.Target.EndsWith('a')));
        Assert.Equal(1, pending.Count(p => p.Target.EndsWith('b')));
    }

    [Fact]
    public async Task Without_targets_nothing_waits()
    {
        using var fixture = await OpenAsync();
        await fixture.Store.TrySaveAsync(Model, 0, Changes(notifications: [Notification("x", "firing", AlertState.Firing)]), Start, Cancel);
        Assert.Empty(await new DeliveryOutbox(fixture.Database).PendingAsync(10, Cancel));
    }
}
