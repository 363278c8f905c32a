using System.Text.Json;
using Bellwether.Statistics.Performance;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Chunks of equal size of a reference and then of what is watched, and the columns of answers to compare with <c>per_chunk</c>.</summary>
internal sealed class ChunkTable
{
    private readonly List<(bool IsReference, int Start, int End)> _chunks = [];

    public ChunkTable(int referenceRows, int rows, int size)
    {
        Cut(true, referenceRows);
        Cut(false, rows);

        // An incomplete last chunk is kept.
        void Cut(bool reference, int count)
        {
            for (int start = 0; start < count; start += size) { _chunks.Add((reference, start, Math.Min(start + size, count))); }
        }
    }

    public IReadOnlyList<(bool IsReference, int Start, int End)> Chunks => _chunks;

    /// <summary>Three standard deviations about the mean over the reference's chunks, those that cannot tell left out.</summary>
    public (double? Lower, double? Upper) Thresholds(double[] values, double? lowest, double? highest)
    {
        double[] known = [.. values.Where((value, i) => _chunks[i].IsReference && double.IsFinite(value))];
        return known.Length == 0 ? (null, null) : new StandardDeviationThreshold().Of(known, lowest, highest);
    }

    public static void Compare(GoldenComparison comparison, JsonElement perChunk, string column, double[] values, JsonElement tolerance)
    {
        if (perChunk.TryGetProperty(column, out var expected)) { comparison.Numbers(column, expected, values, tolerance); }
    }

    public void CompareThresholds(GoldenComparison comparison, JsonElement perChunk, string measure, double[] values, (double? Lower, double? Upper) limits, JsonElement tolerance)
    {
        Compare(comparison, perChunk, $"{measure}.lower_threshold", [.. _chunks.Select(_ => limits.Lower ?? double.NaN)], tolerance);
        Compare(comparison, perChunk, $"{measure}.upper_threshold", [.. _chunks.Select(_ => limits.Upper ?? double.NaN)], tolerance);
        bool[] expected = [.. perChunk.GetProperty($"{measure}.alert").EnumerateArray().Select(alert => alert.GetBoolean())];
        comparison.ExactlyAll($"{measure}.alert", expected, [.. values.Select(value => StandardDeviationThreshold.IsBeyond(value, limits.Lower, limits.Upper))]);
    }

    public void CompareExtents(GoldenComparison comparison, JsonElement perChunk)
    {
        comparison.ExactlyAll("chunk.start_index", perChunk.GetProperty("chunk.start_index").Labels(), [.. _chunks.Select(chunk => chunk.Start)]);
        comparison.ExactlyAll("chunk.end_index", perChunk.GetProperty("chunk.end_index").Labels(), [.. _chunks.Select(chunk => chunk.End - 1)]);
    }
}
