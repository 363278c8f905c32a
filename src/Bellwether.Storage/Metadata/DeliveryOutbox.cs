using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Storage.Metadata.Rows;
using Microsoft.EntityFrameworkCore;

namespace Bellwether.Storage.Metadata;

/// <summary>One notification that still has to reach a target.</summary>
/// <param name="Sequence">Its place in the outbox; older first.</param>
/// <param name="QueuedAt">When the alert's transition was recorded.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="LastAttempt">When the last try was; null before the first.</param>
public sealed record PendingDelivery(long Sequence, string Target, DateTimeOffset QueuedAt, int Attempts, DateTimeOffset? LastAttempt, AlertNotification Notification);

/// <summary>How a try to deliver ended.</summary>
public enum DeliveryResult
{
    /// <summary>The target took it.</summary>
    Delivered,
    /// <summary>It will be tried again.</summary>
    Failed,
    /// <summary>It will not be tried again.</summary>
    Abandoned,
}

/// <summary>What was to be sent, and every try: rows are only ever added.</summary>
public sealed class DeliveryOutbox(MetadataDatabase database)
{
    /// <summary>Deliveries neither done nor abandoned, oldest first, at most <paramref name="limit"/> a target: one that is down holds up no other.</summary>
    public async Task<IReadOnlyList<PendingDelivery>> PendingAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var pending = new List<PendingDelivery>();
        foreach (string target in await Waiting(context).Select(row => row.Target).Distinct().ToListAsync(cancellationToken))
        {
            pending.AddRange(await PendingAsync(context, target, limit, cancellationToken));
        }
        return pending;
    }

    /// <summary>Records one try.</summary>
    public Task RecordAsync(PendingDelivery delivery, DeliveryResult result, string detail, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync<object>(
            async context =>
            {
                var row = new DeliveryRow
                {
                    Outbox = delivery.Sequence,
                    Attempt = delivery.Attempts + 1,
                    Result = JsonNamingPolicy.CamelCase.ConvertName(result.ToString()),
                    Detail = detail,
                    At = at,
                };
                context.Add(row);
                await context.SaveChangesAsync(cancellationToken);
                return row;
            },
            cancellationToken);

    private static IQueryable<OutboxRow> Waiting(MetadataContext context) =>
        context.Outbox.Where(row => !context.Deliveries.Any(delivery => delivery.Outbox == row.Sequence && delivery.Result != "failed"));

    private static async Task<IEnumerable<PendingDelivery>> PendingAsync(MetadataContext context, string target, int limit, CancellationToken cancellationToken)
    {
        var rows = await Waiting(context)
            .Where(row => row.Target == target)
            .OrderBy(row => row.Sequence)
            .Take(limit)
            .Select(row => new
            {
                row.Sequence,
                row.Target,
                row.At,
                Attempts = context.Deliveries.Count(delivery => delivery.Outbox == row.Sequence),
                Last = context.Deliveries.Where(delivery => delivery.Outbox == row.Sequence).Max(delivery => (DateTimeOffset?)delivery.At),
                context.AlertTransitions.First(transition => transition.Sequence == row.Transition).Json,
            })
            .ToListAsync(cancellationToken);
        return rows.Select(row => new PendingDelivery(
            row.Sequence, row.Target, row.At, row.Attempts, row.Last, JsonSerializer.Deserialize(row.Json, BellwetherJson.Default.AlertNotification)!));
    }
}
