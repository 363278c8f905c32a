using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Performance;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>One stream of the live state.</summary>
/// <param name="Learnt">Baseline learnt from production; null while the reference's holds.</param>
/// <param name="JudgedDay">First window of the last day that was judged whole while provisional.</param>
/// <param name="Weight">Its share of the budget; null in states stored before this was kept.</param>
public sealed record StreamState(string Key, byte[]? Learnt, byte[]? Detector, byte[]? Learning, Episode? Episode, long? JudgedDay = null, double? Weight = null);

/// <summary>The live state of one model between two evaluations, as it is stored.</summary>
public sealed record MonitorState
{
    /// <summary>Format of this document.</summary>
    public int Format { get; init; } = 1;

    public DateTimeOffset? ClosedThrough { get; init; }

    /// <summary>Start of the first window ever closed.</summary>
    public DateTimeOffset? FirstWindow { get; init; }

    /// <summary>Newest outcome taken into account.</summary>
    public long OutcomeSequence { get; init; }

    /// <summary>Predictions up to this place in the log are counted in the summaries of the windows closed.</summary>
    public long PredictionSequence { get; init; }

    /// <summary>Place in the log of the newest close evaluated.</summary>
    public long CloseSequence { get; init; }

    /// <summary>Model version of the newest row.</summary>
    public string? Version { get; init; }

    /// <summary>Digest of the reference the streams stand on; null while learning.</summary>
    public string? Reference { get; init; }

    /// <summary>Length of the windows that the streams count in; null in states stored before this was kept.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Zone of those windows; null in states stored before this was kept.</summary>
    public string? Zone { get; init; }

    /// <summary>Objective that the latency stream counts against.</summary>
    public long? LatencyObjectiveMicroseconds { get; init; }

    public DateTimeOffset? Began { get; init; }

    public IReadOnlyList<StreamState> Streams { get; init; } = [];

    public IReadOnlyDictionary<string, ThresholdState> Thresholds { get; init; } = new Dictionary<string, ThresholdState>();

    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>Whether evidence and what was learnt speak of these windows.</summary>
    public bool HasWindowsOf(CompiledPlan plan) => (Window ?? plan.Window) == plan.Window && (Zone ?? plan.Zone.Id) == plan.Zone.Id;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, MonitorStateJson.Default.MonitorState);

    public static MonitorState FromBytes(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, MonitorStateJson.Default.MonitorState) is { Format: 1 } state
            ? state
            : throw new InvalidDataException("The stored monitor state has a format this version cannot read.");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.General, Converters = [typeof(UtcInstantConverter)])]
[JsonSerializable(typeof(MonitorState))]
internal sealed partial class MonitorStateJson : JsonSerializerContext;
