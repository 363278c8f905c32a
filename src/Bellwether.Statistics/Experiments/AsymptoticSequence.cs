using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Experiments;

/// <param name="Alpha">Probability that the interval ever misses, for many values, in (0, 1).</param>
/// <param name="TightestAt">Number of values at which the interval should be at its narrowest; at least 1.</param>
/// <param name="WarmUp">Values before which nothing is claimed, as the normal approximation does not hold yet; at least 2.</param>
public sealed record AsymptoticSequenceOptions(double Alpha = .05, long TightestAt = 1_000, long WarmUp = 30);

/// <summary>Confidence sequence for a mean of values without known bounds: the central limit theorem, for all times at once.</summary>
/// <remarks>
/// Mean ± s·√(2(nρ² + 1)/(n²ρ²)·ln(√(nρ² + 1)/α)), with ρ² = (−2·ln α + ln(1 − 2·ln α))/n* for the n* at which it is tightest. For an A/B test of
/// means feed the differences of pairs, or of CUPED-adjusted outcomes. Holds as n grows, and after <c>WarmUp</c> values for data that are not very
/// skewed; for bounded values with rare large ones <see cref="EmpiricalBernsteinSequence"/> is safe at every n.
/// Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and asymptotic confidence
/// sequences", Ann. Stat. 52(6), 2024, theorem 2.2 and appendix B.2. Not thread-safe.
/// </remarks>
public sealed class AsymptoticSequence : IConfidenceSequence
{
    private const byte FormatByte = 1;
    private readonly AsymptoticSequenceOptions _options;
    private readonly double _rho2;
    private double _mean;
    private double _squares;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public AsymptoticSequence(AsymptoticSequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Level.Require(options.Alpha);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TightestAt, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WarmUp, 2, nameof(options));
        _options = options;
        double log = -2 * Math.Log(options.Alpha);
        _rho2 = (log + Math.Log(1 + log)) / options.TightestAt;
    }

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <summary>Half of the interval's width; +∞ while warming up, 0 for a constant.</summary>
    public double HalfWidth
    {
        get
        {
            if (Count < _options.WarmUp) { return double.PositiveInfinity; }
            double n = Count, time = n * _rho2 + 1, variance = _squares / (n - 1);
            return Math.Sqrt(variance * 2 * time / (n * n * _rho2) * Math.Log(Math.Sqrt(time) / _options.Alpha));
        }
    }

    /// <inheritdoc/>
    /// <remarks>The estimate is NaN without values; the ends are infinite while warming up and may move outwards later.</remarks>
    public ConfidenceInterval Interval => Count == 0
        ? new(double.NaN, double.NegativeInfinity, double.PositiveInfinity)
        : new(_mean, _mean - HalfWidth, _mean + HalfWidth);

    /// <inheritdoc/>
    public ConfidenceInterval Update(double value)
    {
        Level.RequireFinite(value, nameof(value));
        Count++;
        double before = value - _mean;
        _mean += before / Count;
        _squares += before * (value - _mean);
        return Interval;
    }

    /// <inheritdoc/>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Double(_options.Alpha);
        writer.Count(_options.TightestAt);
        writer.Count(_options.WarmUp);
        writer.Count(Count);
        writer.Doubles([_mean, _squares]);
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static AsymptoticSequence FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "an asymptotic sequence");
        var options = new AsymptoticSequenceOptions(reader.Double(), reader.Count(), reader.Count());
        Level.RequireState(options is { Alpha: > 0 and < 1, TightestAt: >= 1, WarmUp: >= 2 }, "an asymptotic sequence");
        var sequence = new AsymptoticSequence(options) { Count = reader.Count(), _mean = reader.Double(), _squares = reader.Double() };
        reader.End();
        Level.RequireState(!double.IsNaN(sequence._mean) && sequence._squares >= 0, "an asymptotic sequence");
        return sequence;
    }
}
