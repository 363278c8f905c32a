using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bellwether.Contracts.Registry;
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
public sealed record FittedReference(
    string Digest, string Name, string State, DateTimeOffset? From, DateTimeOffset? To, long Rows, BinSchema Schema,
    ImmutableArray<StreamBaseline> Streams, ImmutableDictionary<string, ReferenceBand> Bands, ImmutableDictionary<string, FeatureType> Types)
{
    public bool IsWatching => State == "watching";

    public StreamBaseline? Find(string key) => Streams.FirstOrDefault(s => s.Key == key);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new FittedReferenceDocument(
            Digest, Name, State, From, To, Rows, Schema.ToBytes(),
            [.. Streams.Select(s => new StreamBaselineDocument(s.Key, s.HasRhythm, s.Reference.ToBytes()))],
            Bands.OrderBy(b => b.Key, StringComparer.Ordinal).ToDictionary(), Types.OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary()),
        FittedReferenceJson.Default.FittedReferenceDocument);

    public static FittedReference FromBytes(byte[] bytes)
    {
        var document = JsonSerializer.Deserialize(bytes, FittedReferenceJson.Default.FittedReferenceDocument)
            ?? throw new InvalidDataException("The stored reference is empty.");
        return new FittedReference(
            document.Digest, document.Name, document.State, document.From, document.To, document.Rows, BinSchema.FromBytes(document.Schema),
            [.. document.Streams.Select(s => new StreamBaseline(s.Key, s.HasRhythm, EventReference.FromBytes(s.Reference)))],
            document.Bands.ToImmutableDictionary(StringComparer.Ordinal), document.Types.ToImmutableDictionary(StringComparer.Ordinal));
    }
}

internal sealed record StreamBaselineDocument(string Key, bool HasRhythm, byte[] Reference);

internal sealed record FittedReferenceDocument(
    string Digest, string Name, string State, DateTimeOffset? From, DateTimeOffset? To, long Rows, byte[] Schema,
    StreamBaselineDocument[] Streams, Dictionary<string, ReferenceBand> Bands, Dictionary<string, FeatureType> Types);

[JsonSourceGenerationOptions(JsonSerializerDefaults.General)]
[JsonSerializable(typeof(FittedReferenceDocument))]
internal sealed partial class FittedReferenceJson : JsonSerializerContext;
