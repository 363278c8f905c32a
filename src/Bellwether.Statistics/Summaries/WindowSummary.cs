using System.Collections.Immutable;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>Everything kept of one model's window: integer counts and sums, so that folding in any order and merging give the same bytes.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class WindowSummary
{
    private const byte FormatByte = 1;
    private const byte Value = 0, Null = 1, Mistyped = 2;

    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly LatencyBuckets _latencies = new();
    private Int128 _latencySum;

    /// <summary>An empty window.</summary>
    public WindowSummary(BinSchema schema)
    {
        Schema = schema;
        Columns = [.. schema.Columns.Select(column => new ColumnSummary(column))];
    }

    /// <summary>How the window is counted.</summary>
    public BinSchema Schema { get; }

    /// <summary>One summary for each column of the schema, in its order.</summary>
    public ImmutableArray<ColumnSummary> Columns { get; }

    /// <summary>Rows of the window.</summary>
    public long Rows { get; private set; }

    /// <summary>Errors by kind, ordinal order.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    /// <summary>Rows with a latency.</summary>
    public long LatencyCount { get; private set; }

    /// <summary>Rows whose latency was above the schema's objective; 0 without one.</summary>
    public long LatencyOverObjective { get; private set; }

    /// <summary>Mean latency in seconds; null without any.</summary>
    public double? LatencyMean => LatencyCount == 0 ? null : (double)_latencySum / LatencyCount / 1e6;

    /// <summary>Counts rows of the window; columns are counted by their own methods.</summary>
    public void AddRows(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Rows += rows;
    }

    /// <summary>Folds numbers into a numeric column.</summary>
    /// <param name="column">Position in the schema.</param>
    /// <param name="values">One number a row; read only where the state is 0. NaN counts as null.</param>
    /// <param name="states">One state a row: 0 a value, 1 null, 2 of another type.</param>
    /// <exception cref="ArgumentException">The column is not numeric, the lengths differ or a state is unknown.</exception>
    public void AddNumeric(int column, ReadOnlySpan<double> values, ReadOnlySpan<byte> states)
    {
        var summary = Of(column, ColumnKind.Numeric, values.Length, states);
        // Blocks without gaps go in as they are; of the others the values are picked out first.
        Span<double> picked = stackalloc double[UnitSums.Most];
        for (; !values.IsEmpty; values = values[Math.Min(values.Length, UnitSums.Most)..], states = states[Math.Min(states.Length, UnitSums.Most)..])
        {
            var block = values[..Math.Min(values.Length, UnitSums.Most)];
            var known = states[..block.Length];
            if (known.ContainsAnyExcept(Value) || BinCounter.HasNaN(block))
            {
                int count = 0, mistyped = 0;
                for (int i = 0; i < block.Length; i++)
                {
                    picked[count] = block[i];
                    count += known[i] == Value && !double.IsNaN(block[i]) ? 1 : 0;
                    mistyped += known[i] == Mistyped ? 1 : 0;
                }
                summary.AddTypeErrors(mistyped);
                summary.AddNulls(block.Length - count - mistyped);
                summary.Add(picked[..count]);
            }
            else
            {
                summary.Add(block);
            }
        }
    }

    /// <summary>Folds texts into a categorical column.</summary>
    /// <param name="column">Position in the schema.</param>
    /// <param name="values">One text a row; a null text counts as null whatever its state.</param>
    /// <param name="states">One state a row: 0 a value, 1 null, 2 of another type.</param>
    /// <exception cref="ArgumentException">The column is not categorical, the lengths differ or a state is unknown.</exception>
    public void AddText(int column, ReadOnlySpan<string?> values, ReadOnlySpan<byte> states)
    {
        var summary = Of(column, ColumnKind.Categorical, values.Length, states);
        for (int i = 0; i < values.Length; i++)
        {
            if (states[i] == Mistyped) { summary.AddTypeErrors(1); }
            else if (states[i] == Value && values[i] is { } text) { summary.Add(text); }
            else { summary.AddNulls(1); }
        }
    }

    /// <summary>Folds one latency, rounded to a microsecond.</summary>
    /// <param name="seconds">Finite, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The latency is negative or not finite.</exception>
    public void AddLatency(double seconds)
    {
        if (!(seconds >= 0 && double.IsFinite(seconds)))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Expected a finite latency that is not negative.");
        }
        long microseconds = LatencyBuckets.Clamp(seconds * 1e6);
        LatencyCount++;
        _latencySum += microseconds;
        _latencies.Add(microseconds);
        if (microseconds > Schema.LatencyObjectiveMicroseconds) { LatencyOverObjective++; }
    }

    /// <summary>Counts one error. The caller bounds the number of kinds.</summary>
    public void AddError(string kind) => AddErrors(kind, 1);

    /// <summary>Rows whose latency is above a limit, to the width of a bucket: latencies within 1.6 % of the limit may fall on either side.</summary>
    /// <param name="microseconds">The limit.</param>
    public long LatenciesOver(long microseconds) => _latencies.Above(microseconds);

    /// <summary>Latency below which a share of the rows with one lie, by nearest rank.</summary>
    /// <param name="q">In [0, 1].</param>
    /// <returns>Seconds, within 1/64 (1.6 %) of the exact sample quantile; null without latencies.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is outside [0, 1].</exception>
    public double? LatencyQuantile(double q)
    {
        if (q is not (>= 0 and <= 1)) { throw new ArgumentOutOfRangeException(nameof(q), q, "Expected a share in [0, 1]."); }
        if (LatencyCount == 0) { return null; }
        long rank = Math.Clamp((long)Math.Ceiling(q * LatencyCount), 1, LatencyCount);
        return _latencies.ValueAt(rank) / 1e6;
    }

    /// <summary>Adds another window's counts, as those of another node or hour.</summary>
    /// <exception cref="ArgumentException">The other has another schema.</exception>
    public void Merge(WindowSummary other)
    {
        if (other.Schema.Id != Schema.Id) { throw new ArgumentException($"Schema {other.Schema.Id} is not {Schema.Id}.", nameof(other)); }
        Rows += other.Rows;
        LatencyCount += other.LatencyCount;
        LatencyOverObjective += other.LatencyOverObjective;
        _latencySum += other._latencySum;
        _latencies.Merge(other._latencies);
        foreach (var (kind, count) in other._errors.ToArray()) { AddErrors(kind, count); }
        for (int i = 0; i < Columns.Length; i++) { Columns[i].Merge(other.Columns[i]); }
    }

    /// <summary>The summary as bytes: equal contents give equal bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(Rows);
        writer.Count(_errors.Count);
        foreach (var (kind, count) in _errors)
        {
            writer.Text(kind);
            writer.Count(count);
        }
        writer.Count(LatencyCount);
        if (LatencyCount > 0)
        {
            writer.Count(LatencyOverObjective);
            writer.Integer(_latencySum);
            _latencies.Write(writer);
        }
        foreach (var column in Columns) { column.Write(writer); }
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="schema">The schema it was counted with.</param>
    /// <param name="bytes">The summary.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or belong to another schema.</exception>
    public static WindowSummary FromBytes(BinSchema schema, ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a window summary");
        var summary = new WindowSummary(schema) { Rows = reader.Count() };
        int kinds = reader.Length();
        for (int i = 0; i < kinds; i++) { summary.AddErrors(reader.Text(), reader.Count()); }
        summary.LatencyCount = reader.Count();
        if (summary.LatencyCount > 0)
        {
            summary.LatencyOverObjective = reader.Count();
            summary._latencySum = reader.Integer128();
            summary._latencies.Read(ref reader);
        }
        foreach (var column in summary.Columns) { column.Read(ref reader); }
        reader.End();
        return summary;
    }

    private void AddErrors(string kind, long count) => _errors[kind] = _errors.GetValueOrDefault(kind) + count;

    private ColumnSummary Of(int column, ColumnKind kind, int rows, ReadOnlySpan<byte> states)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns.Length, nameof(column));
        if (Columns[column].Schema.Kind != kind) { throw new ArgumentException($"Column '{Columns[column].Schema.Name}' is not {kind}.", nameof(column)); }
        if (states.Length != rows) { throw new ArgumentException($"Expected {rows} states, got {states.Length}.", nameof(states)); }
        int unknown = states.IndexOfAnyExceptInRange(Value, Mistyped);
        if (unknown >= 0) { throw new ArgumentException($"State {states[unknown]} at {unknown} is unknown.", nameof(states)); }
        return Columns[column];
    }
}
