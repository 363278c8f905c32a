using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;

namespace Bellwether.Monitoring.Drift;

/// <summary>The baseline of one stream.</summary>
/// <param name="HasRhythm">Fitted over windows, with rhythm and wobble; false for one pooled count.</param>
public sealed record StreamBaseline(string Key, bool HasRhythm, EventReference Reference);

/// <summary>A measure over the reference: its value there and the band that holds 95 % of its windows.</summary>
public sealed record ReferenceBand(double Value, double Low, double High);

/// <summary>A reference, fitted and frozen: bins, baselines of all streams, bands of the measures.</summary>
/// <param name="State"><c>watching</c> or <c>provisional</c>.</param>
/// <param name="Streams">The baselines in force.</param>
public sealed record FittedReference(
    string Digest, string Name, string State, DateTimeOffset? From, DateTimeOffset? To, long Rows, BinSchema Schema,
    ImmutableArray<StreamBaseline> Streams, ImmutableDictionary<string, ReferenceBand> Bands, ImmutableDictionary<string, FeatureType> Types)
{
    public bool IsWatching => State == "watching";

    /// <summary>Length of the windows it was fitted for; null in references stored before this was kept.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Zone whose clock its rhythm follows; null in references stored before this was kept.</summary>
    public string? Zone { get; init; }

    /// <summary>One pooled baseline a stream, without rhythm: what still holds when windows or zone change.</summary>
    public ImmutableArray<StreamBaseline> Pooled { get; init; } = [];

    /// <summary>All its latencies: a summary without columns. Null where it holds none.</summary>
    public byte[]? Latencies { get; init; }

    /// <summary>Whether its rhythm and its bands speak of a plan's windows.</summary>
    public bool FitsWindowsOf(CompiledPlan plan) => (Window ?? plan.Window) == plan.Window && (Zone ?? plan.Zone.Id) == plan.Zone.Id;

    /// <summary>
    /// The reference as a plan uses it, whichever of the two came first. Bins hold for any windows, rhythm and bands only for those they
    /// were fitted to: under others it is provisional. The latency objective is the plan's.
    /// </summary>
    public FittedReference For(CompiledPlan plan)
    {
        bool fits = FitsWindowsOf(plan), sameObjective = Schema.LatencyObjectiveMicroseconds == plan.LatencyObjectiveMicroseconds;
        if (fits && sameObjective) { return this; }
        var streams = fits ? Streams : Pooled;
        if (!sameObjective) { streams = [.. streams.Where(s => s.Key != EventStream.LatencyColumn), .. LatencyBaseline(plan)]; }
        return this with
        {
            State = fits ? State : "provisional",
            Schema = sameObjective ? Schema : new BinSchema(Schema.Columns, plan.LatencyObjectiveMicroseconds),
            Streams = streams,
            Bands = fits ? Bands : ImmutableDictionary<string, ReferenceBand>.Empty,
        };
    }

    /// <summary>What a plan asks of this reference and it cannot give, in sentences.</summary>
    public IReadOnlyList<string> ShortcomingsFor(CompiledPlan plan)
    {
        var sentences = new List<string>();
        foreach (string missing in plan.WatchedFeatures.Where(f => Schema.Columns.All(c => c.Name != f)))
        {
            sentences.Add($"Feature '{missing}' of the plan is not in the reference '{Name}': it is watched once the reference is sent again.");
        }
        if (!FitsWindowsOf(plan))
        {
            sentences.Add($"The reference '{Name}' was fitted for windows of {Durations.Text(Window ?? plan.Window)} in {Zone ?? plan.Zone.Id}: its bins and shares hold, its rhythm does not. Send it again; until then the rhythm is learnt from four weeks of production and only critical drift alerts.");
        }
        if (plan.LatencyObjectiveMicroseconds is not null && (Schema.LatencyObjectiveMicroseconds != plan.LatencyObjectiveMicroseconds || Streams.All(s => s.Key != EventStream.LatencyColumn)))
        {
            sentences.Add(Latencies is null
                ? "The reference holds no latencies: their usual share over the objective is learnt from the first four weeks of production."
                : "The reference was fitted for another latency objective: its share over this one holds, the rhythm is learnt from four weeks of production and only a critical rise alerts. Send it again to have the rhythm at once.");
        }
        return sentences;
    }

    private IEnumerable<StreamBaseline> LatencyBaseline(CompiledPlan plan)
    {
        if (Latencies is null || plan.LatencyObjectiveMicroseconds is not { } objective) { yield break; }
        var summary = WindowSummary.FromBytes(new BinSchema([], null), Latencies);
        yield return new StreamBaseline(EventStream.LatencyColumn, false, EventReference.Static([summary.LatenciesOver(objective)], summary.LatencyCount));
    }

    public StreamBaseline? Find(string key) => Streams.FirstOrDefault(s => s.Key == key);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new FittedReferenceDocument(
            Digest, Name, State, From, To, Rows, Schema.ToBytes(),
            [.. Streams.Select(Document)],
            Bands.OrderBy(b => b.Key, StringComparer.Ordinal).ToDictionary(), Types.OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary(),
            Window, Zone, [.. Pooled.Select(Document)], Latencies),
        FittedReferenceJson.Default.FittedReferenceDocument);

    public static FittedReference FromBytes(byte[] bytes)
    {
        var document = JsonSerializer.Deserialize(bytes, FittedReferenceJson.Default.FittedReferenceDocument)
            ?? throw new InvalidDataException("The stored reference is empty.");
        return new FittedReference(
            document.Digest, document.Name, document.State, document.From, document.To, document.Rows, BinSchema.FromBytes(document.Schema),
            [.. document.Streams.Select(Baseline)],
            document.Bands.ToImmutableDictionary(StringComparer.Ordinal), document.Types.ToImmutableDictionary(StringComparer.Ordinal))
        {
            Window = document.Window,
            Zone = document.Zone,
            Pooled = [.. (document.Pooled ?? []).Select(Baseline)],
            Latencies = document.Latencies is { Length: > 0 } latencies ? latencies : null, // The serializer writes null bytes as an empty text.
        };
    }

    private static StreamBaselineDocument Document(StreamBaseline baseline) => new(baseline.Key, baseline.HasRhythm, baseline.Reference.ToBytes());

    private static StreamBaseline Baseline(StreamBaselineDocument document) => new(document.Key, document.HasRhythm, EventReference.FromBytes(document.Reference));
}

internal sealed record StreamBaselineDocument(string Key, bool HasRhythm, byte[] Reference);

internal sealed record FittedReferenceDocument(
    string Digest, string Name, string State, DateTimeOffset? From, DateTimeOffset? To, long Rows, byte[] Schema,
    StreamBaselineDocument[] Streams, Dictionary<string, ReferenceBand> Bands, Dictionary<string, FeatureType> Types,
    TimeSpan? Window = null, string? Zone = null, StreamBaselineDocument[]? Pooled = null, byte[]? Latencies = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.General)]
[JsonSerializable(typeof(FittedReferenceDocument))]
internal sealed partial class FittedReferenceJson : JsonSerializerContext;
