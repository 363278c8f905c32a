namespace Bellwether.Contracts.Log;

/// <summary>A prediction as it lies in the log, with what came after it.</summary>
/// <param name="Prediction">The first row with this id.</param>
/// <param name="Arrival">When it arrived.</param>
/// <param name="Node">The node that took it.</param>
/// <param name="Sequence">Its position in that node's journal.</param>
/// <param name="Store">Where it lies: <c>journal</c>, <c>hot</c>, or the name of a segment.</param>
/// <param name="Outcome">The outcome in force, when one is known.</param>
/// <param name="Revisions">Later rows with the same id and other content.</param>
/// <param name="OutcomeRevisions">Earlier or later outcomes with other content.</param>
public sealed record StoredPrediction(
    Prediction Prediction, DateTimeOffset Arrival, string Node, long Sequence, string Store,
    Outcome? Outcome, IReadOnlyList<Prediction> Revisions, IReadOnlyList<Outcome> OutcomeRevisions);
