using System.Collections.Immutable;
using System.Security.Cryptography;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>How the windows of one model are counted. Summaries of different schemas are never compared or merged. Immutable.</summary>
public sealed class BinSchema
{
    private const byte FormatByte = 1;
    private readonly byte[] _bytes;

    /// <param name="columns">The columns in the order of the model's schema.</param>
    /// <param name="latencyObjectiveMicroseconds">Latency above which a request is over its objective; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The objective is negative.</exception>
    public BinSchema(ImmutableArray<ColumnSchema> columns, long? latencyObjectiveMicroseconds)
    {
        if (latencyObjectiveMicroseconds is { } objective) { ArgumentOutOfRangeException.ThrowIfNegative(objective, nameof(latencyObjectiveMicroseconds)); }
        (Columns, LatencyObjectiveMicroseconds) = (columns.IsDefault ? [] : columns, latencyObjectiveMicroseconds);
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Flag(latencyObjectiveMicroseconds is not null);
        writer.Count(latencyObjectiveMicroseconds ?? 0);
        writer.Count(Columns.Length);
        foreach (var column in Columns) { column.Write(writer); }
        _bytes = writer.ToArray();
        Id = Convert.ToHexStringLower(SHA256.HashData(_bytes).AsSpan(0, 8));
    }

    /// <summary>The columns, in order.</summary>
    public ImmutableArray<ColumnSchema> Columns { get; }

    /// <summary>Latency above which a request is over its objective.</summary>
    public long? LatencyObjectiveMicroseconds { get; }

    /// <summary>First 16 hexadecimal digits of SHA-256 over <see cref="ToBytes"/>: equal schemas have equal ids.</summary>
    public string Id { get; }

    /// <summary>The schema as bytes.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>Reads what <see cref="ToBytes"/> wrote; the id is the same.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a whole schema of a known format.</exception>
    public static BinSchema FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a bin schema");
        bool hasObjective = reader.Flag();
        long objective = reader.Count();
        int count = reader.Length();
        var columns = ImmutableArray.CreateBuilder<ColumnSchema>(count);
        for (int i = 0; i < count; i++) { columns.Add(ColumnSchemaFormat.Read(ref reader)); }
        reader.End();
        return new BinSchema(columns.DrainToImmutable(), hasObjective ? objective : null);
    }
}
