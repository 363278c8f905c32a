using System.Collections.Immutable;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>A column schema as bytes; equal schemas give equal bytes.</summary>
internal static class ColumnSchemaFormat
{
    public static void Write(ColumnSchema column, ByteWriter writer)
    {
        writer.Text(column.Name);
        writer.Byte((byte)column.Kind);
        writer.Double(column.NullShare);
        if (column.Kind == ColumnKind.Numeric)
        {
            writer.Count(column.Edges.Length);
            writer.Doubles(column.Edges.AsSpan());
            Positions(column.Cuts, writer);
            Positions(column.Deciles, writer);
            writer.Integer(column.UnitExponent);
            writer.Doubles([column.Mean, column.Sigma, column.Minimum, column.Maximum]);
            foreach (long offset in column.ReferenceOffsets) { writer.Integer(offset); }
        }
        else
        {
            Texts(column.Categories, writer);
            Texts(column.Others, writer);
            writer.Flag(column.OthersComplete);
        }
        writer.SparseCounts(column.ReferenceBins.AsSpan());
    }

    public static ColumnSchema Read(ref ByteReader reader)
    {
        string name = reader.Text();
        byte kind = reader.Byte();
        double nullShare = reader.Double();
        return kind switch
        {
            (byte)ColumnKind.Numeric => ReadNumeric(ref reader, name, nullShare),
            (byte)ColumnKind.Categorical => ReadCategorical(ref reader, name, nullShare),
            _ => throw new InvalidDataException($"Unknown kind of column {kind}."),
        };
    }

    private static ColumnSchema ReadNumeric(ref ByteReader reader, string name, double nullShare)
    {
        double[] edges = reader.Doubles(reader.Length());
        var cuts = ReadPositions(ref reader, edges.Length);
        var deciles = ReadPositions(ref reader, edges.Length);
        int exponent = (int)reader.Integer();
        double[] numbers = reader.Doubles(4);
        long[] offsets = new long[edges.Length + 1], bins = new long[edges.Length + 1];
        foreach (ref long offset in offsets.AsSpan()) { offset = reader.Integer(); }
        reader.SparseCounts(bins);
        return new ColumnSchema(name, ColumnKind.Numeric, [], [], othersComplete: true)
        {
            Edges = [.. edges],
            Cuts = cuts,
            Deciles = deciles,
            UnitExponent = exponent,
            Mean = numbers[0],
            Sigma = numbers[1],
            Minimum = numbers[2],
            Maximum = numbers[3],
            NullShare = nullShare,
            ReferenceBins = [.. bins],
            ReferenceOffsets = [.. offsets],
        };
    }

    private static ColumnSchema ReadCategorical(ref ByteReader reader, string name, double nullShare)
    {
        var categories = ReadTexts(ref reader);
        var others = ReadTexts(ref reader);
        bool complete = reader.Flag();
        long[] bins = new long[categories.Length + 2];
        reader.SparseCounts(bins);
        return new ColumnSchema(name, ColumnKind.Categorical, categories, others, complete) { ReferenceBins = [.. bins], NullShare = nullShare };
    }

    private static void Positions(ImmutableArray<int> positions, ByteWriter writer)
    {
        writer.Count(positions.Length);
        foreach (int position in positions) { writer.Count(position); }
    }

    private static ImmutableArray<int> ReadPositions(ref ByteReader reader, int edges)
    {
        int[] positions = new int[reader.Length()];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = reader.Small();
            if (positions[i] >= edges || (i > 0 && positions[i] <= positions[i - 1])) { throw new InvalidDataException("A position is out of order."); }
        }
        return [.. positions];
    }

    private static void Texts(ImmutableArray<string> texts, ByteWriter writer)
    {
        writer.Count(texts.Length);
        foreach (string text in texts) { writer.Text(text); }
    }

    private static ImmutableArray<string> ReadTexts(ref ByteReader reader)
    {
        string[] texts = new string[reader.Length()];
        for (int i = 0; i < texts.Length; i++) { texts[i] = reader.Text(); }
        return [.. texts];
    }
}
