using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Storage.Metadata.Rows;
using Microsoft.EntityFrameworkCore;

namespace Bellwether.Storage.Metadata;

/// <summary>The metadata of models in a relational database.</summary>
/// <param name="targets">Where alerts are sent: each transition gets one outbox row a target, in the same transaction.</param>
public sealed class MonitorStore(MetadataDatabase database, IReadOnlyList<string> targets) : IMonitorStore
{
    /// <summary>No window is longer (seven days, one of them with 25 hours); bounds the search for windows that overlap a range.</summary>
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours((7 * 24) + 1);

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredModelDefinition>> ListModelsAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var rows = await context.Definitions
            .Where(row => !context.Definitions.Any(later => later.Model == row.Model && later.Revision > row.Revision))
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Model, StringComparer.Ordinal).Select(Stored)];
    }

    /// <inheritdoc />
    public async Task<StoredModelDefinition?> FindModelAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        return await LatestDefinitionAsync(context, model, cancellationToken) is { } row ? Stored(row) : null;
    }

    /// <inheritdoc />
    public async Task<(StoredModelDefinition Stored, bool Created)> DefineAsync(
        ModelKey model, ModelDefinition definition, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(definition, BellwetherJson.Default.ModelDefinition);
        var row = await database.WriteAsync(
            async context =>
            {
                var latest = await LatestDefinitionAsync(context, model, cancellationToken);
                if (latest?.Json == json) { return latest; }
                var next = new DefinitionRow { Model = model.Value, Revision = (latest?.Revision ?? 0) + 1, Json = json, Actor = actor, At = at };
                context.Add(next);
                await context.SaveChangesAsync(cancellationToken);
                return next;
            },
            cancellationToken);
        // Revision 1 stored by this very call: the first definition sent twice is not new the second time.
        return (Stored(row!), row!.Revision == 1 && row.At == at && row.Actor == actor);
    }

    /// <inheritdoc />
    public async Task<StoredPlan?> FindPlanAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var row = await context.Plans.Where(row => row.Model == model.Value).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new StoredPlan(row.Revision, row.Text);
    }

    /// <inheritdoc />
    public async Task<StoredPlan> SavePlanAsync(ModelKey model, string text, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var row = await database.WriteAsync(
            async context =>
            {
                var latest = await context.Plans.Where(row => row.Model == model.Value).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellationToken);
                if (latest?.Text == text) { return latest; }
                var next = new PlanRow { Model = model.Value, Revision = (latest?.Revision ?? 0) + 1, Text = text, Actor = actor, At = at };
                context.Add(next);
                await context.SaveChangesAsync(cancellationToken);
                return next;
            },
            cancellationToken);
        return new StoredPlan(row!.Revision, row.Text);
    }

    /// <inheritdoc />
    public async Task<StoredReference?> FindReferenceAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var row = await context.References.Where(row => row.Model == model.Value).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellationToken);
        return row is null
            ? null
            : new StoredReference(row.Revision, row.Name, row.Digest, JsonSerializer.Deserialize(row.ReceiptJson, BellwetherJson.Default.ReferenceReceipt)!, row.Fitted);
    }

    /// <inheritdoc />
    public async Task<StoredReference> SaveReferenceAsync(
        ModelKey model, StoredReference reference, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await database.WriteAsync(context => InsertReferenceAsync(context, model, reference, actor, at, cancellationToken)!, cancellationToken))!;

    /// <inheritdoc />
    public async Task<(byte[] State, long Version)?> LoadStateAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var row = await context.States.FirstOrDefaultAsync(row => row.Model == model.Value, cancellationToken);
        return row is null ? null : (row.Bytes, row.Version);
    }

    /// <inheritdoc />
    public Task<long?> TrySaveAsync(ModelKey model, long expectedVersion, EvaluationChanges changes, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync<long?>(
            async context =>
            {
                var writer = new EvaluationWriter(context, model.Value, at);
                if (!await writer.TryMoveStateAsync(expectedVersion, changes.State, cancellationToken)) { return null; }
                await writer.WriteAsync(changes, targets, cancellationToken);
                if (changes.LearntReference is { } learnt)
                {
                    await InsertReferenceAsync(context, model, learnt, EvaluationWriter.Engine, at, cancellationToken);
                }
                return expectedVersion + 1;
            },
            cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredSummary>> SummariesAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var earliest = Earliest(range);
        return await context.Summaries
            .Where(row => row.Model == model.Value && row.Start >= earliest && row.Start < range.End && row.End > range.Start)
            .Where(row => !context.Summaries.Any(later => later.Model == row.Model && later.Start == row.Start && later.End == row.End
                && (later.Revision > row.Revision || (later.Revision == row.Revision && later.Sequence > row.Sequence))))
            .OrderBy(row => row.Start).ThenBy(row => row.End)
            .Select(row => new StoredSummary(new TimeWindow(row.Start, row.End), row.Revision, row.BinSchema, row.Rows, row.Bytes))
            .ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WindowReport>> ReportsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var earliest = Earliest(range);
        var texts = await context.Reports
            .Where(row => row.Model == model.Value && row.Start >= earliest && row.Start < range.End && row.End > range.Start)
            .Where(row => !context.Reports.Any(later => later.Model == row.Model && later.Start == row.Start && later.End == row.End
                && (later.Revision > row.Revision || (later.Revision == row.Revision && later.Sequence > row.Sequence))))
            .OrderBy(row => row.Start).ThenBy(row => row.End)
            .Select(row => row.Json)
            .ToListAsync(cancellationToken);
        return [.. texts.Select(text => JsonSerializer.Deserialize(text, BellwetherJson.Default.WindowReport)!)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Finding>> FindingsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var texts = await context.Findings
            .Where(row => row.Model == model.Value && row.WindowEnd >= range.Start && row.WindowEnd < range.End)
            .OrderBy(row => row.WindowEnd).ThenBy(row => row.Id)
            .Select(row => row.Json)
            .ToListAsync(cancellationToken);
        return [.. texts.Select(text => JsonSerializer.Deserialize(text, BellwetherJson.Default.Finding)!)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Alert>> AlertsAsync(ModelKey? model, AlertState? state, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        var latest = context.AlertTransitions
            .Where(row => !context.AlertTransitions.Any(later => later.AlertId == row.AlertId && later.Sequence > row.Sequence));
        if (model is { } key) { latest = latest.Where(row => row.Model == key.Value); }
        if (state is { } wanted)
        {
            string name = EvaluationWriter.StateName(wanted);
            latest = latest.Where(row => row.State == name);
        }
        var texts = await latest.Select(row => row.Json).ToListAsync(cancellationToken);
        return
        [
            .. texts.Select(text => JsonSerializer.Deserialize(text, BellwetherJson.Default.AlertNotification)!)
                .Select(a => new Alert(
                    a.Id, a.Model, a.Monitor, a.Column, a.Segment, a.State, a.Severity, a.StartsAt, a.EndsAt, a.Findings, a.Text, a.History, a.Since))
                .OrderByDescending(alert => alert.StartsAt).ThenBy(alert => alert.Id, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CloseRecord>> ClosesAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        return await context.Closes.Where(row => row.Model == model.Value).OrderBy(row => row.Sequence)
            .Select(row => new CloseRecord(model, row.Through, row.Reason, row.At))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Through when a model's windows are closed, their summaries stored; null when none is.</summary>
    public async Task<DateTimeOffset?> ClosedThroughAsync(ModelKey model, CancellationToken cancellationToken)
    {
        await using var context = await database.ContextAsync(cancellationToken);
        return await context.Closes.Where(row => row.Model == model.Value).MaxAsync(row => (DateTimeOffset?)row.Through, cancellationToken);
    }

    private static async Task<StoredReference> InsertReferenceAsync(
        MetadataContext context, ModelKey model, StoredReference reference, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        int revision = 1 + (await context.References.Where(row => row.Model == model.Value).MaxAsync(row => (int?)row.Revision, cancellationToken) ?? 0);
        context.Add(new ReferenceRow
        {
            Model = model.Value,
            Revision = revision,
            Name = reference.Name,
            Digest = reference.Digest,
            ReceiptJson = JsonSerializer.Serialize(reference.Receipt, BellwetherJson.Default.ReferenceReceipt),
            Fitted = reference.Fitted,
            Actor = actor,
            At = at,
        });
        await context.SaveChangesAsync(cancellationToken);
        return reference with { Revision = revision };
    }

    private static Task<DefinitionRow?> LatestDefinitionAsync(MetadataContext context, ModelKey model, CancellationToken cancellationToken) =>
        context.Definitions.Where(row => row.Model == model.Value).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellationToken);

    private static StoredModelDefinition Stored(DefinitionRow row) =>
        new(ModelKey.Parse(row.Model), row.Revision, JsonSerializer.Deserialize(row.Json, BellwetherJson.Default.ModelDefinition)!);

    private static DateTimeOffset Earliest(TimeWindow range) =>
        range.Start - DateTimeOffset.MinValue < LongestWindow ? DateTimeOffset.MinValue : range.Start - LongestWindow;
}
