using System.Security.Cryptography;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;
using Bellwether.Storage.Log;

namespace Bellwether.Cli.Replay;

/// <summary>The files of a replay, read once; offline and on a server it is these that are used, so that both give the same.</summary>
internal sealed class ReplayInput
{
    /// <summary>The definition with the types of all features.</summary>
    public required ModelDefinition Definition { get; init; }

    public required CompiledPlan Compiled { get; init; }

    public required string ReferenceName { get; init; }

    public required LabelledColumns Reference { get; init; }

    /// <summary>The reference file's bytes, with times where the plan's clock gave them.</summary>
    public required byte[] ReferenceFile { get; init; }

    public required bool IsParquetReference { get; init; }

    /// <summary>Predictions by event time, then id, with the outcomes that are known of them.</summary>
    public required LabelledColumns Predictions { get; init; }

    /// <summary>When each outcome became known, Unix microseconds; <see cref="long.MaxValue"/> where there is none.</summary>
    public required long[] KnownAt { get; init; }

    /// <summary>What the user should know about the files.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public string ReferenceDigest => Convert.ToHexStringLower(SHA256.HashData(ReferenceFile));

    /// <summary>End of the last window in which anything happens, an outcome's arrival included.</summary>
    public DateTimeOffset CloseThrough
    {
        get
        {
            var rows = Predictions.Rows;
            long last = rows.Timestamps[rows.Count - 1];
            foreach (long known in KnownAt)
            {
                if (known != long.MaxValue && known > last) { last = known; }
            }
            return new WindowGrid(Compiled.Window, Compiled.Zone).Containing(Instants.FromMicroseconds(last)).End;
        }
    }

    /// <exception cref="InputException">A file cannot be used.</exception>
    /// <exception cref="TableFileException">A file cannot be read, with the place.</exception>
    public static async Task<ReplayInput> ReadAsync(ReplayPlan plan, ReplayFiles files, CancellationToken cancellationToken)
    {
        var zone = plan.Compiled.Zone;
        bool onClock = plan.Clock is not null && plan.Plan.Clock?.Reference == true;
        var reference = await TableFile.ReadAsync(files.Reference, plan.Roles(hasOutcomes: true), onClock ? plan.Clock : null, zone, cancellationToken);
        if (reference.Rows.Count == 0) { throw new InputException($"{files.Reference}: the file has no rows."); }
        var definition = plan.Definition(reference);
        var compiled = plan.Compile(definition);
        byte[] referenceFile = onClock ? TimedReference.Write(plan, reference) : await File.ReadAllBytesAsync(files.Reference, cancellationToken);

        var clock = onClock ? plan.Clock! with { Start = plan.Clock!.Start + plan.Clock.Step * reference.Rows.Count } : plan.Clock;
        var rows = await ReadPredictionsAsync(plan, compiled, files, clock, cancellationToken);
        if (rows.Rows.Count == 0) { throw new InputException($"{files.Predictions}: the file has no rows."); }
        if (!rows.HasTimes)
        {
            throw new InputException($"{files.Predictions}: the rows have no times. Name their column under 'columns.timestamp' of the plan, or give it a 'clock' with start and step.");
        }
        var warnings = new List<string>();
        rows = KeepFeatures(RowOrder.ByTime(rows), reference, warnings);
        if (files.Outcomes is not null)
        {
            rows = OutcomeJoin.Join(rows, await TableFile.ReadAsync(files.Outcomes, OutcomeJoin.Roles(plan), null, zone, cancellationToken), warnings);
        }
        return new ReplayInput
        {
            Definition = definition,
            Compiled = compiled,
            ReferenceName = Path.GetFileName(files.Reference),
            Reference = reference,
            ReferenceFile = referenceFile,
            IsParquetReference = referenceFile.AsSpan().StartsWith("PAR1"u8),
            Predictions = rows,
            KnownAt = OutcomeJoin.KnownAt(rows, plan.OutcomeDelay),
            Warnings = warnings,
        };
    }

    /// <summary>Outcomes may stand in the predictions' own file, in one of their own, or nowhere: then performance cannot be told.</summary>
    private static async Task<LabelledColumns> ReadPredictionsAsync(
        ReplayPlan plan, CompiledPlan compiled, ReplayFiles files, RowClock? clock, CancellationToken cancellationToken)
    {
        var roles = plan.Roles(files.Outcomes is null, compiled.Types);
        try
        {
            return await TableFile.ReadAsync(files.Predictions, roles, clock, compiled.Zone, cancellationToken);
        }
        catch (TableFileException exception) when (exception.Line <= 1 && roles.Outcome is not null && (exception.Column == roles.Outcome || exception.Column == roles.OutcomeTimestamp))
        {
            return await TableFile.ReadAsync(files.Predictions, roles with { Outcome = null, OutcomeTimestamp = null }, clock, compiled.Zone, cancellationToken);
        }
    }

    /// <summary>Only features of the reference are watched; the others need not travel.</summary>
    private static LabelledColumns KeepFeatures(LabelledColumns rows, LabelledColumns reference, List<string> warnings)
    {
        var known = reference.Rows.Features.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        string[] others = [.. rows.Rows.Features.Select(f => f.Name).Where(name => !known.Contains(name))];
        if (others.Length == 0) { return rows; }
        warnings.Add($"Not in the reference, and so not watched: {string.Join(", ", others)}.");
        var r = rows.Rows;
        return rows with
        {
            Rows = new PredictionColumns
            {
                Count = r.Count,
                Ids = r.Ids,
                Timestamps = r.Timestamps,
                Versions = r.Versions,
                Predictions = r.Predictions,
                PredictionTexts = r.PredictionTexts,
                Scores = r.Scores,
                Latencies = r.Latencies,
                Errors = r.Errors,
                Features = [.. r.Features.Where(f => known.Contains(f.Name))],
            },
        };
    }
}

/// <summary>The paths a replay was given.</summary>
internal sealed record ReplayFiles(string Reference, string Predictions, string? Outcomes);
