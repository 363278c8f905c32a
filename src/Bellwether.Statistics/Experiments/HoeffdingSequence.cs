using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Experiments;

/// <summary>Confidence sequence for the mean of bounded values from their number alone: the normal mixture of <see cref="Hoeffding"/>.</summary>
/// <remarks>
/// Ends only ever move inwards: all intervals so far hold at once, so their intersection does. Values may depend on the past as long as their
/// conditional mean stays the same. <see cref="EmpiricalBernsteinSequence"/> is narrower unless values sit at the bounds. Not thread-safe.
/// </remarks>
/// <param name="options">Level and bounds.</param>
/// <param name="rho">See <see cref="Hoeffding.MixtureHalfWidth"/>.</param>
public sealed class HoeffdingSequence(BoundedMeanOptions options, double rho = 1) : IConfidenceSequence
{
    private const byte FormatByte = 1;
    private readonly BoundedMeanOptions _options = options.Valid();
    private readonly double _rho = rho > 0 && double.IsFinite(rho) ? rho : throw new ArgumentOutOfRangeException(nameof(rho), rho, "Expected a number above 0.");
    private double _sum;
    private double _low;
    private double _high = 1;

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <inheritdoc/>
    /// <remarks>The estimate is NaN without values. Ends in the wrong order, which happens with probability at most α, disprove the conditions.</remarks>
    public ConfidenceInterval Interval =>
        new(_options.Unscale(_sum / Count), _options.Unscale(_low), _options.Unscale(_high));

    /// <inheritdoc/>
    public ConfidenceInterval Update(double value)
    {
        _sum += _options.Share(value);
        Count++;
        double half = Hoeffding.MixtureHalfWidth(Count, _options.Alpha, _rho);
        _low = Math.Max(_low, _sum / Count - half);
        _high = Math.Min(_high, _sum / Count + half);
        return Interval;
    }

    /// <inheritdoc/>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Doubles([_options.Alpha, _options.Lowest, _options.Highest, _rho, _sum, _low, _high]);
        writer.Count(Count);
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static HoeffdingSequence FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a Hoeffding sequence");
        double[] numbers = reader.Doubles(7);
        long count = reader.Count();
        reader.End();
        Level.RequireState(Array.TrueForAll(numbers, double.IsFinite) && numbers[0] is > 0 and < 1 && numbers[1] < numbers[2] && numbers[3] > 0, "a Hoeffding sequence");
        return new HoeffdingSequence(new BoundedMeanOptions(numbers[0], numbers[1], numbers[2]), numbers[3])
        {
            _sum = numbers[4],
            _low = numbers[5],
            _high = numbers[6],
            Count = count,
        };
    }
}
