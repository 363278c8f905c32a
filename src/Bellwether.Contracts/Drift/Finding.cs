using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Drift;

/// <summary>On what grounds a finding stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Certainty>))]
public enum Certainty
{
    /// <summary>Named by the alarm, not yet beyond doubt for this column alone.</summary>
    Suspected,
    /// <summary>Beyond doubt for this column.</summary>
    Confirmed,
    /// <summary>A limit the user set.</summary>
    Threshold,
}

/// <summary>The size of a change, in human units.</summary>
/// <param name="Measure">What was measured, such as <c>meanShift</c> or <c>share</c>.</param>
/// <param name="Unit">Its unit, such as <c>referenceSigma</c>.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end of the 95 % interval; null while too early.</param>
/// <param name="High">Upper end of the 95 % interval; null while too early.</param>
public sealed record FindingSize(string Measure, string Unit, double Value, double? Low, double? High);

/// <summary>How strong the proof is against the budget.</summary>
/// <param name="Value">Evidence, in <paramref name="Unit"/>.</param>
/// <param name="Limit">Where an alarm is raised.</param>
/// <param name="Unit"><c>years</c>, or the unit of a measure for a threshold.</param>
public sealed record FindingEvidence(double Value, double Limit, string Unit);

/// <summary>What a finding stands on, as digests and revisions.</summary>
/// <param name="Reference">Digest of the reference; null where none is used.</param>
/// <param name="BinSchema">Id of the bin schema; null where none is used.</param>
/// <param name="Plan">Revision of the plan, 0 where there is none.</param>
/// <param name="Revision">Revision of the window.</param>
public sealed record FindingBasis(string? Reference, string? BinSchema, int Plan, int Revision);

/// <summary>A score beyond its limit in one window.</summary>
/// <param name="Id">First 16 hex digits of SHA-256 over what it describes.</param>
/// <param name="Topic"><c>drift</c>, <c>performance</c>, <c>quality</c>, <c>operations</c>.</param>
/// <param name="Method">Method and version, such as <c>ted/1</c>.</param>
/// <param name="Since">When the change began, as far as one can tell.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record Finding(
    string Id, ModelKey Model, string Topic, string Method, string Column, string? Segment, string? Version,
    TimeWindow Window, DateTimeOffset Since, Severity Severity, Certainty Certainty,
    FindingSize Size, FindingEvidence Evidence, FindingBasis RestsOn, string Text);
