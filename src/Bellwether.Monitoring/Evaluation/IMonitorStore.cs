using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Performance;
using Bellwether.Contracts.Registry;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>One window's summary as stored: canonical bytes under a bin schema.</summary>
/// <param name="Revision">1 at close; more when late rows came.</param>
/// <param name="BinSchema">Id of the schema the bytes belong to; "" while there is none.</param>
public sealed record StoredSummary(TimeWindow Window, int Revision, string BinSchema, long Rows, byte[] Bytes);

/// <summary>A fitted reference as stored.</summary>
/// <param name="Digest">SHA-256 of the uploaded file, or of the learnt range's description.</param>
/// <param name="Fitted">Bytes of the fitted reference.</param>
public sealed record StoredReference(int Revision, string Name, string Digest, ReferenceReceipt Receipt, byte[] Fitted);

/// <summary>A plan as stored: the text the user sent.</summary>
public sealed record StoredPlan(int Revision, string Text);

/// <summary>Everything one evaluation changed; stored at once or not at all.</summary>
public sealed record EvaluationChanges(
    byte[] State, IReadOnlyList<CloseRecord> Closes, IReadOnlyList<StoredSummary> Summaries, IReadOnlyList<WindowReport> Reports,
    IReadOnlyList<Finding> Findings, IReadOnlyList<AlertNotification> Notifications, StoredReference? LearntReference);

/// <summary>
/// The metadata of models: definitions, plans, references, and what evaluation left. All rows are insert-only but the state row,
/// which moves by compare-and-swap on its version.
/// </summary>
public interface IMonitorStore
{
    Task<IReadOnlyList<StoredModelDefinition>> ListModelsAsync(CancellationToken cancellationToken);

    Task<StoredModelDefinition?> FindModelAsync(ModelKey model, CancellationToken cancellationToken);

    /// <summary>Stores a definition; the same one again keeps its revision. The flag tells whether the model is new.</summary>
    Task<(StoredModelDefinition Stored, bool Created)> DefineAsync(ModelKey model, ModelDefinition definition, string actor, DateTimeOffset at, CancellationToken cancellationToken);

    Task<StoredPlan?> FindPlanAsync(ModelKey model, CancellationToken cancellationToken);

    Task<StoredPlan> SavePlanAsync(ModelKey model, string text, string actor, DateTimeOffset at, CancellationToken cancellationToken);

    Task<StoredReference?> FindReferenceAsync(ModelKey model, CancellationToken cancellationToken);

    /// <summary>Stores a reference as the next revision; the revision inside the argument is ignored.</summary>
    Task<StoredReference> SaveReferenceAsync(ModelKey model, StoredReference reference, string actor, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The live state and its version; null before the first evaluation.</summary>
    Task<(byte[] State, long Version)?> LoadStateAsync(ModelKey model, CancellationToken cancellationToken);

    /// <summary>Stores an evaluation if the state still has the version expected (0: none yet); the new version, or null when another owner was faster.</summary>
    Task<long?> TrySaveAsync(ModelKey model, long expectedVersion, EvaluationChanges changes, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Latest revision of each closed window that overlaps the range, by start.</summary>
    Task<IReadOnlyList<StoredSummary>> SummariesAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken);

    /// <summary>Latest report of each closed window that overlaps the range, by start.</summary>
    Task<IReadOnlyList<WindowReport>> ReportsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken);

    /// <summary>Findings whose window ends in the range, by window, then id.</summary>
    Task<IReadOnlyList<Finding>> FindingsAsync(ModelKey model, TimeWindow range, CancellationToken cancellationToken);

    /// <summary>Alerts in their latest state, newest first; of one model or all, in one state or any.</summary>
    Task<IReadOnlyList<Alert>> AlertsAsync(ModelKey? model, AlertState? state, CancellationToken cancellationToken);

    Task<IReadOnlyList<CloseRecord>> ClosesAsync(ModelKey model, CancellationToken cancellationToken);
}
