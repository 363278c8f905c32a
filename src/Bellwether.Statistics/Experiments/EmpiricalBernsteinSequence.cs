using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Experiments;

/// <summary>Confidence sequence for the mean of bounded values that narrows with the variance seen (predictable plug-in).</summary>
/// <remarks>
/// On values in [0, 1]: λᵢ = min(√(2·ln(2/α)/(s²ᵢ₋₁·i·ln(1 + i))), 1/2), centre Σλx/Σλ, radius (ln(2/α) + Σvψ(λ))/Σλ with vᵢ = 4(xᵢ − μᵢ₋₁)² and
/// ψ(λ) = (−ln(1 − λ) − λ)/4; μ and s² start from 1/2 and 1/4. Ends only ever move inwards. Values may depend on the past as long as their
/// conditional mean stays the same. <see cref="AsymptoticSequence"/> is narrower and needs no bounds, but holds only for many values.
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", J. R. Stat. Soc. B 86(1), 2024, theorem 2.
/// Not thread-safe.
/// </remarks>
/// <param name="options">Level and bounds.</param>
public sealed class EmpiricalBernsteinSequence(BoundedMeanOptions options) : IConfidenceSequence
{
    private const byte FormatByte = 1;
    private readonly BoundedMeanOptions _options = options.Valid();
    private double _sum;
    private double _squares; // Σ(xⱼ − μⱼ)²
    private double _weights; // Σλ
    private double _weighted; // Σλx
    private double _spread; // Σvψ
    private double _low;
    private double _high = 1;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <summary>Centre of the last interval before it is cut with those before it; NaN without values.</summary>
    public double Centre => _options.Unscale(_weighted / _weights);

    /// <summary>Half-width of the last interval before it is cut with those before it; +∞ without values.</summary>
    public double Radius => Count == 0 ? double.PositiveInfinity : _options.Width * ScaledRadius;

    /// <inheritdoc/>
    /// <remarks>The estimate is the plain mean, NaN without values. Ends in the wrong order (probability at most α) disprove the conditions.</remarks>
    public ConfidenceInterval Interval =>
        new(_options.Unscale(_sum / Count), _options.Unscale(_low), _options.Unscale(_high));

    private double ScaledRadius => (Math.Log(2 / _options.Alpha) + _spread) / _weights;

    /// <inheritdoc/>
    public ConfidenceInterval Update(double value)
    {
        double x = _options.Share(value);
        double meanBefore = (.5 + _sum) / (Count + 1), varianceBefore = (.25 + _squares) / (Count + 1);
        Count++;
        double lambda = Math.Min(Math.Sqrt(2 * Math.Log(2 / _options.Alpha) / (varianceBefore * Count * Math.Log(1.0 + Count))), .5);
        double distance = x - meanBefore;
        _weights += lambda;
        _weighted += lambda * x;
        _spread += 4 * distance * distance * (-Math.Log(1 - lambda) - lambda) / 4;
        _sum += x;
        double after = x - (.5 + _sum) / (Count + 1);
        _squares += after * after;
        _low = Math.Max(_low, _weighted / _weights - ScaledRadius);
        _high = Math.Min(_high, _weighted / _weights + ScaledRadius);
        return Interval;
    }

    /// <inheritdoc/>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Doubles([_options.Alpha, _options.Lowest, _options.Highest, _sum, _squares, _weights, _weighted, _spread, _low, _high]);
        writer.Count(Count);
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static EmpiricalBernsteinSequence FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "an empirical Bernstein sequence");
        double[] numbers = reader.Doubles(10);
        long count = reader.Count();
        reader.End();
        Level.RequireState(
            Array.TrueForAll(numbers, double.IsFinite) && numbers[0] is > 0 and < 1 && numbers[1] < numbers[2] && numbers[4] >= 0,
            "an empirical Bernstein sequence");
        return new EmpiricalBernsteinSequence(new BoundedMeanOptions(numbers[0], numbers[1], numbers[2]))
        {
            _sum = numbers[3],
            _squares = numbers[4],
            _weights = numbers[5],
            _weighted = numbers[6],
            _spread = numbers[7],
            _low = numbers[8],
            _high = numbers[9],
            Count = count,
        };
    }
}
