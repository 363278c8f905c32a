using System.Text.Json.Serialization;

namespace Bellwether.Contracts.Registry;

/// <summary>The state of a model.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelState>))]
public enum ModelState
{
    /// <summary>Nothing came yet, or nothing for long.</summary>
    NoData,
    /// <summary>No reference: the first four weeks are learnt.</summary>
    Learning,
    /// <summary>A reference without rhythm: only critical drift alerts.</summary>
    Provisional,
    /// <summary>Inputs are broken: nulls, types.</summary>
    BrokenData,
    /// <summary>Nothing to report.</summary>
    Healthy,
    /// <summary>Something moved; performance holds.</summary>
    ShiftedHarmless,
    /// <summary>Something moved and performance suffers.</summary>
    ShiftedHarmful,
    /// <summary>Too little is known for a verdict: few rows, no outcomes, or an evaluation that fails; the sentence says which.</summary>
    CannotTell,
}

/// <summary>A model in the list of all.</summary>
/// <param name="Sentence">What is wrong, since when, what moved first, what to do.</param>
/// <param name="Rows24h">Rows of the last 24 hours that are closed; 0 for a model that has fallen silent.</param>
/// <param name="OpenAlerts">Alerts firing now.</param>
/// <param name="LastData">The newest event time; null without data.</param>
public sealed record ModelItem(
    ModelKey Model, ModelTask Task, ModelState State, Severity? Severity, string Sentence, long Rows24h, int OpenAlerts, DateTimeOffset? LastData,
    IReadOnlyDictionary<string, string>? Labels);
