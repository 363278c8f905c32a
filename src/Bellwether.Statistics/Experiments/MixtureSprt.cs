using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Experiments;

/// <param name="Variance">σ² of one value, known; above 0.</param>
/// <param name="MixtureVariance">τ²: how far from the null the mean is expected, squared; above 0.</param>
/// <param name="NullMean">θ₀ under the null hypothesis.</param>
public sealed record MixtureSprtOptions(double Variance, double MixtureVariance, double NullMean = 0);

/// <summary>Mixture sequential probability ratio test of a mean: normal values of known variance, a p-value that is valid at every look.</summary>
/// <remarks>
/// Λₙ = √(σ²/(σ² + nτ²))·exp(n²τ²(x̄ − θ₀)²/(2σ²(σ² + nτ²))); the p-value is the least 1/Λ so far. For values that are not normal or of unknown
/// variance use <see cref="AsymptoticSequence"/>, for bounded values <see cref="BettingTest"/>.
/// Sources: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math. Stat. 41(5), 1970; R. Johari, P. Koomen,
/// L. Pekelis, D. Walsh, "Always valid inference", Oper. Res. 70(3), 2022. Not thread-safe.
/// </remarks>
public sealed class MixtureSprt
{
    private const byte FormatByte = 1;
    private readonly MixtureSprtOptions _options;
    private double _sum;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public MixtureSprt(MixtureSprtOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Level.RequirePositive(options.Variance, nameof(options));
        Level.RequirePositive(options.MixtureVariance, nameof(options));
        Level.RequireFinite(options.NullMean, nameof(options));
        _options = options;
    }

    /// <summary>Two streams looked at in pairs, of equal known variance: a test that their means are equal, fed with y − x.</summary>
    /// <param name="variance">σ² of one value of either stream; above 0.</param>
    /// <param name="mixtureVariance">τ² of the difference of the means; above 0.</param>
    public static MixtureSprt OfPairs(double variance, double mixtureVariance) => new(new MixtureSprtOptions(2 * variance, mixtureVariance));

    /// <summary>Values, or pairs, so far.</summary>
    public long Count { get; private set; }

    /// <summary>ln Λ; 0 at the start.</summary>
    public double LogLikelihoodRatio
    {
        get
        {
            if (Count == 0) { return 0; }
            double n = Count, distance = _sum / n - _options.NullMean, spread = _options.Variance + n * _options.MixtureVariance;
            return Math.Log(_options.Variance / spread) / 2 + n * n * _options.MixtureVariance * distance * distance / (2 * _options.Variance * spread);
        }
    }

    /// <summary>p-value valid at any time, in (0, 1]; never rises.</summary>
    public double PValue { get; private set; } = 1;

    /// <summary>Adds a value. O(1).</summary>
    /// <returns>The p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite; it then does not count.</exception>
    public double Update(double value)
    {
        Level.RequireFinite(value, nameof(value));
        _sum += value;
        Count++;
        PValue = Math.Min(PValue, Math.Exp(-LogLikelihoodRatio));
        return PValue;
    }

    /// <summary>Options and state.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Doubles([_options.Variance, _options.MixtureVariance, _options.NullMean, _sum, PValue]);
        writer.Count(Count);
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static MixtureSprt FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a mixture test");
        double[] numbers = reader.Doubles(5);
        long count = reader.Count();
        reader.End();
        Level.RequireState(
            Array.TrueForAll(numbers, double.IsFinite) && numbers[0] > 0 && numbers[1] > 0 && numbers[4] is >= 0 and <= 1, "a mixture test");
        return new MixtureSprt(new MixtureSprtOptions(numbers[0], numbers[1], numbers[2])) { _sum = numbers[3], PValue = numbers[4], Count = count };
    }
}
