using System.Numerics;
using System.Runtime.Intrinsics;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Summaries;

/// <summary>Counts and exact sums of one column in one window. Additive: any order of rows and merges gives the same bits.</summary>
public sealed class ColumnSummary
{
    private readonly long[] _bins;
    private readonly long[] _offsets;
    private Int128 _sum;
    private Int128 _squares;

    internal ColumnSummary(ColumnSchema schema)
    {
        Schema = schema;
        _bins = new long[schema.BinCount];
        _offsets = schema.Kind == ColumnKind.Numeric ? new long[schema.BinCount] : [];
    }

    /// <summary>How the column is counted.</summary>
    public ColumnSchema Schema { get; }

    /// <summary>Rows that could have had a value.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows without a value; NaN is one.</summary>
    public long Nulls { get; private set; }

    /// <summary>Rows whose value was of another type.</summary>
    public long TypeErrors { get; private set; }

    /// <summary>Rows with a value.</summary>
    public long Valued => Rows - Nulls - TypeErrors;

    /// <summary>Values so far out (or infinite) that they enter the sums as ±2^43 units.</summary>
    public long Clamped { get; private set; }

    /// <summary>Smallest value; +∞ without any.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest value; −∞ without any.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Counts in the schema's bins; they sum to <see cref="Valued"/>.</summary>
    public ReadOnlySpan<long> Bins => _bins;

    /// <summary>Numeric: for each bin Σ(x − anchor) in units of 2^(UnitExponent + 10).</summary>
    public ReadOnlySpan<long> Offsets => _offsets;

    /// <summary>Mean of the values, each rounded to the unit (a millionth of the reference's σ); null without values and for categories.</summary>
    public double? Mean => Schema.Kind == ColumnKind.Numeric && Valued > 0
        ? Math.ScaleB(Ratio(_sum, Valued), Schema.UnitExponent)
        : null;

    /// <summary>Variance (n − 1) of the values, computed from exact sums; null with fewer than two values and for categories.</summary>
    public double? Variance
    {
        get
        {
            if (Schema.Kind != ColumnKind.Numeric || Valued < 2) { return null; }
            // n·Σx² may pass 128 bits.
            BigInteger n = Valued, sum = (BigInteger)_sum;
            double scaled = Ratio(n * (BigInteger)_squares - sum * sum, n * (n - 1));
            return Math.ScaleB(scaled, 2 * Schema.UnitExponent);
        }
    }

    internal void AddNulls(long rows) => (Rows, Nulls) = (Rows + rows, Nulls + rows);

    internal void AddTypeErrors(long rows) => (Rows, TypeErrors) = (Rows + rows, TypeErrors + rows);

    internal void Add(double value)
    {
        if (double.IsNaN(value))
        {
            AddNulls(1);
            return;
        }
        value += 0.0; // −0 + 0 is 0.
        Rows++;
        int bin = Schema.BinOf(value);
        _bins[bin]++;
        _offsets[bin] += NumericScale.Offset(value, Schema.Anchor(bin), Schema.UnitExponent);
        Int128 units = NumericScale.Scale(value, Schema.UnitExponent, out bool clamped);
        Clamped += clamped ? 1 : 0;
        _sum += units;
        _squares += units * units;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
    }

    /// <summary>Adds many at once: the same bits as one by one.</summary>
    /// <param name="values">None is NaN.</param>
    internal void Add(ReadOnlySpan<double> values)
    {
        Span<double> scaled = stackalloc double[UnitSums.Most];
        Span<byte> bins = stackalloc byte[UnitSums.Most];
        while (values.Length >= 8 && UnitSums.IsSupported(Schema.UnitExponent))
        {
            int taken = Math.Min(values.Length, UnitSums.Most) & ~7;
            var block = scaled[..taken];
            for (int at = 0; at < taken; at += 8) { (Vector512.Create(values[at..]) + Vector512<double>.Zero).CopyTo(block[at..]); } // −0 + 0 is 0.
            Rows += taken;
            Schema.Search.Of(block, bins);
            var sums = UnitSums.Of(block, Schema.UnitExponent);
            _sum += sums.Sum;
            _squares += sums.Squares;
            Clamped += sums.Clamped;
            Minimum = Math.Min(Minimum, sums.Minimum);
            Maximum = Math.Max(Maximum, sums.Maximum);
            BinOffsets.Add(block, bins[..taken], Schema.Anchors, Schema.UnitExponent, _bins, _offsets);
            values = values[taken..];
        }
        foreach (double value in values) { Add(value); }
    }

    internal void Add(string value)
    {
        Rows++;
        _bins[Schema.BinOf(value)]++;
    }

    internal void Merge(ColumnSummary other)
    {
        Rows += other.Rows;
        Nulls += other.Nulls;
        TypeErrors += other.TypeErrors;
        Clamped += other.Clamped;
        _sum += other._sum;
        _squares += other._squares;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        for (int i = 0; i < _bins.Length; i++) { _bins[i] += other._bins[i]; }
        for (int i = 0; i < _offsets.Length; i++) { _offsets[i] += other._offsets[i]; }
    }

    internal void Write(ByteWriter writer)
    {
        writer.Count(Rows);
        if (Rows == 0) { return; }
        writer.Count(Nulls);
        writer.Count(TypeErrors);
        if (Valued == 0) { return; }
        writer.SparseCounts(_bins);
        if (Schema.Kind != ColumnKind.Numeric) { return; }
        writer.Count(Clamped);
        writer.Integer(_sum);
        writer.Integer(_squares);
        writer.Doubles([Minimum, Maximum]);
        for (int i = 0; i < _bins.Length; i++)
        {
            if (_bins[i] > 0) { writer.Integer(_offsets[i]); }
        }
    }

    internal void Read(ref ByteReader reader)
    {
        Rows = reader.Count();
        if (Rows == 0) { return; }
        Nulls = reader.Count();
        TypeErrors = reader.Count();
        if (Nulls > Rows || TypeErrors > Rows - Nulls) { throw new InvalidDataException($"Column '{Schema.Name}' has more gaps than rows."); }
        if (Valued == 0) { return; }
        reader.SparseCounts(_bins);
        if (_bins.Aggregate(Int128.Zero, (sum, count) => sum + count) != Valued)
        {
            throw new InvalidDataException($"The bins of column '{Schema.Name}' do not sum to its {Valued} values.");
        }
        if (Schema.Kind != ColumnKind.Numeric) { return; }
        Clamped = reader.Count();
        _sum = reader.Integer128();
        _squares = reader.Integer128();
        (Minimum, Maximum) = (reader.Double(), reader.Double());
        for (int i = 0; i < _bins.Length; i++)
        {
            if (_bins[i] > 0) { _offsets[i] = reader.Integer(); }
        }
    }

    /// <summary>A quotient to double precision: the integer part is exact, and so is the remainder before it is rounded.</summary>
    private static double Ratio(BigInteger dividend, BigInteger divisor)
    {
        var whole = BigInteger.DivRem(dividend, divisor, out var rest);
        return (double)whole + (double)rest / (double)divisor;
    }
}
