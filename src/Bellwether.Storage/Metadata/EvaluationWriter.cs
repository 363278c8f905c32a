using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Metadata.Rows;
using Microsoft.EntityFrameworkCore;

namespace Bellwether.Storage.Metadata;

/// <summary>Writes everything one evaluation changed, inside one transaction.</summary>
internal sealed class EvaluationWriter(MetadataContext context, string model, DateTimeOffset at)
{
    /// <summary>Who acts where no person does.</summary>
    public const string Engine = "bellwether";

    private readonly long _at = at.ToMicroseconds();

    /// <summary>Moves the state on if it still has the version expected; false when another owner was faster.</summary>
    public async Task<bool> TryMoveStateAsync(long expectedVersion, byte[] state, CancellationToken cancellationToken)
    {
        if (expectedVersion == 0)
        {
            await using var insert = new InsertCommand(context, "states", ["model", "version", "bytes", "at"], "ON CONFLICT DO NOTHING");
            return await insert.RunAsync(cancellationToken, model, 1L, state, _at) == 1;
        }
        return await context.States
            .Where(row => row.Model == model && row.Version == expectedVersion)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.Version, expectedVersion + 1).SetProperty(r => r.Bytes, state).SetProperty(r => r.At, at),
                cancellationToken) == 1;
    }

    public async Task WriteAsync(EvaluationChanges changes, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        await WriteClosesAsync(changes, cancellationToken);
        await WriteSummariesAsync(changes, cancellationToken);
        await WriteReportsAsync(changes, cancellationToken);
        await WriteFindingsAsync(changes, cancellationToken);
        foreach (var notification in changes.Notifications) { await WriteTransitionAsync(notification, targets, cancellationToken); }
    }

    private async Task WriteClosesAsync(EvaluationChanges changes, CancellationToken cancellationToken)
    {
        await using var insert = new InsertCommand(context, "closes", ["model", "through", "reason", "actor", "at"]);
        foreach (var close in changes.Closes)
        {
            await insert.RunAsync(cancellationToken, model, close.Through.ToMicroseconds(), close.Reason, Engine, close.At.ToMicroseconds());
        }
    }

    private async Task WriteSummariesAsync(EvaluationChanges changes, CancellationToken cancellationToken)
    {
        await using var insert = new InsertCommand(context, "summaries", ["model", "start", "end", "revision", "binSchema", "rows", "bytes"]);
        foreach (var summary in changes.Summaries)
        {
            await insert.RunAsync(
                cancellationToken, model, summary.Window.Start.ToMicroseconds(), summary.Window.End.ToMicroseconds(), summary.Revision,
                summary.BinSchema, summary.Rows, summary.Bytes);
        }
    }

    private async Task WriteReportsAsync(EvaluationChanges changes, CancellationToken cancellationToken)
    {
        await using var insert = new InsertCommand(context, "reports", ["model", "start", "end", "revision", "json"]);
        foreach (var report in changes.Reports)
        {
            await insert.RunAsync(
                cancellationToken, model, report.Start.ToMicroseconds(), report.End.ToMicroseconds(), report.Revision,
                JsonSerializer.Serialize(report, BellwetherJson.Default.WindowReport));
        }
    }

    private async Task WriteFindingsAsync(EvaluationChanges changes, CancellationToken cancellationToken)
    {
        await using var insert = new InsertCommand(
            context, "findings", ["id", "model", "windowStart", "windowEnd", "topic", "json"], "ON CONFLICT DO NOTHING");
        foreach (var finding in changes.Findings)
        {
            await insert.RunAsync(
                cancellationToken, finding.Id, model, finding.Window.Start.ToMicroseconds(), finding.Window.End.ToMicroseconds(),
                finding.Topic, JsonSerializer.Serialize(finding, BellwetherJson.Default.Finding));
        }
    }

    private async Task WriteTransitionAsync(AlertNotification notification, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var transition = new AlertTransitionRow
        {
            AlertId = notification.Id,
            Model = model,
            At = at,
            Event = notification.Event,
            State = StateName(notification.State),
            Json = JsonSerializer.Serialize(notification, BellwetherJson.Default.AlertNotification),
        };
        context.Add(transition);
        await context.SaveChangesAsync(cancellationToken); // Gives the sequence that the outbox points at.
        foreach (string target in targets) { context.Add(new OutboxRow { Transition = transition.Sequence, Target = target, At = at }); }
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    public static string StateName(AlertState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
