using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Sketches;

/// <summary>Number, sum, mean, variance and ends of a stream: what goes beside its quantiles.</summary>
/// <remarks>
/// The sum is compensated (A. Neumaier, Z. Angew. Math. Mech. 54, 1974), the squared distances follow the mean (B. P. Welford, Technometrics 4(3),
/// 1962) and merge as in T. F. Chan, G. H. Golub, R. J. LeVeque, Am. Stat. 37(3), 1983: about 15 digits, whatever the offset of the values. Merged
/// in another order the last digits may differ. An update costs O(1). Not thread-safe.
/// </remarks>
public sealed class Moments
{
    private const byte FormatByte = 1;
    private double _sum;
    private double _lost;
    private double _mean;
    private double _squares;

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum; 0 without any.</summary>
    public double Sum => _sum + _lost;

    /// <summary>Their mean; NaN without any.</summary>
    public double Mean => Sum / Count;

    /// <summary>Mean squared distance from the mean (divided by n); NaN without values.</summary>
    public double PopulationVariance => Count == 0 ? double.NaN : _squares / Count;

    /// <summary>Variance divided by n − 1; NaN with fewer than two values.</summary>
    public double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    /// <summary>Smallest value; +∞ without any.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest value; −∞ without any.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Adds a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite; it then does not count.</exception>
    public void Update(double value)
    {
        if (!double.IsFinite(value)) { throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number."); }
        Count++;
        AddToSum(value);
        double before = value - _mean;
        _mean += before / Count;
        _squares += before * (value - _mean);
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
    }

    /// <summary>Adds all values that another one saw.</summary>
    public void Merge(Moments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0) { return; }
        double n = Count, more = other.Count, all = n + more, gap = other._mean - _mean;
        _squares += other._squares + gap * gap * (n * more / all);
        _mean += gap * (more / all);
        double lost = other._lost; // Read first: other may be this.
        AddToSum(other._sum);
        _lost += lost;
        Count += other.Count;
        (Minimum, Maximum) = (Math.Min(Minimum, other.Minimum), Math.Max(Maximum, other.Maximum));
    }

    /// <summary>The state as bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(Count);
        writer.Doubles([_sum, _lost, _mean, _squares, Minimum, Maximum]);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; both go on alike.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static Moments FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "moments");
        var moments = new Moments { Count = reader.Count() };
        double[] numbers = reader.Doubles(6);
        reader.End();
        if (Array.Exists(numbers, double.IsNaN) || numbers[3] < 0) { throw new InvalidDataException("The moments are damaged."); }
        (moments._sum, moments._lost, moments._mean, moments._squares) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        (moments.Minimum, moments.Maximum) = (numbers[4], numbers[5]);
        return moments;
    }

    private void AddToSum(double value)
    {
        double sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? (_sum - sum) + value : (value - sum) + _sum;
        _sum = sum;
    }
}
