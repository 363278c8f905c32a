using Bellwether.Statistics.Wire;
using MathNet.Numerics;

namespace Bellwether.Statistics.Experiments;

/// <param name="Shares">Configured share of each arm: at least two, each above 0, summing to 1 (within 10⁻⁹).</param>
/// <param name="Concentration">
/// How near to the configured split a mismatch is expected, above 0: the prior is worth this many units. The larger, the smaller the mismatch that
/// is found first.
/// </param>
public sealed record SampleRatioTestOptions(IReadOnlyList<double> Shares, double Concentration = 10_000);

/// <summary>Whether units reach the arms of an experiment in the configured shares, valid at every look (sample ratio mismatch).</summary>
/// <remarks>
/// The evidence is the Bayes factor of a Dirichlet prior around the configured shares against these shares: an e-value, of which 1/evidence is a
/// p-value at any time. A mismatch means that assignment or logging is broken: the experiment's result is void whatever it says. Stop at an
/// evidence of 1,000. Depends only on the counts, not on their order. Accuracy: about 10⁻¹⁵·n·ln n in the logarithm.
/// Source: M. Lindon, A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022. Not thread-safe.
/// </remarks>
public sealed class SampleRatioTest
{
    private const byte FormatByte = 1;
    private readonly double[] _shares;
    private readonly double _concentration;
    private readonly long[] _counts;
    private double _best;

    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public SampleRatioTest(SampleRatioTestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Level.RequirePositive(options.Concentration, nameof(options));
        if (options.Shares.Count < 2) { throw new ArgumentException($"Expected at least 2 arms, got {options.Shares.Count}.", nameof(options)); }
        double sum = 0;
        foreach (double share in options.Shares)
        {
            if (!(share > 0 && share < 1)) { throw new ArgumentException($"Share {share} is not in (0, 1).", nameof(options)); }
            sum += share;
        }
        if (Math.Abs(sum - 1) > 1e-9) { throw new ArgumentException($"Expected shares that sum to 1, got {sum}.", nameof(options)); }
        _shares = [.. options.Shares];
        _concentration = options.Concentration;
        _counts = new long[_shares.Length];
    }

    /// <summary>Units so far in each arm.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Units so far.</summary>
    public long Count { get; private set; }

    /// <summary>ln of the evidence against the configured shares now; 0 at the start.</summary>
    public double LogEvidence
    {
        get
        {
            double log = SpecialFunctions.GammaLn(_concentration) - SpecialFunctions.GammaLn(_concentration + Count);
            for (int i = 0; i < _counts.Length; i++)
            {
                double prior = _concentration * _shares[i];
                log += SpecialFunctions.GammaLn(prior + _counts[i]) - SpecialFunctions.GammaLn(prior) - _counts[i] * Math.Log(_shares[i]);
            }
            return log;
        }
    }

    /// <summary>p-value valid at any time, in (0, 1]: 1 over the largest evidence seen at an update.</summary>
    public double PValue => Math.Exp(-_best);

    /// <summary>Adds one unit.</summary>
    /// <param name="arm">Its arm.</param>
    /// <returns>ln of the evidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm.</exception>
    public double Update(int arm)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)arm, (uint)_counts.Length, nameof(arm));
        _counts[arm]++;
        Count++;
        return Looked();
    }

    /// <summary>Adds many units at once, which counts as one look.</summary>
    /// <param name="units">New units in each arm, each ≥ 0.</param>
    /// <returns>ln of the evidence.</returns>
    /// <exception cref="ArgumentException">The number of arms differs or a count is negative.</exception>
    public double Update(ReadOnlySpan<long> units)
    {
        if (units.Length != _counts.Length) { throw new ArgumentException($"Expected {_counts.Length} arms, got {units.Length}.", nameof(units)); }
        foreach (long count in units) { ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(units)); }
        for (int i = 0; i < units.Length; i++)
        {
            _counts[i] += units[i];
            Count += units[i];
        }
        return Looked();
    }

    private double Looked()
    {
        double log = LogEvidence;
        _best = Math.Max(_best, log);
        return log;
    }

    /// <summary>Options and state.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(_shares.Length);
        writer.Doubles(_shares);
        writer.Doubles([_concentration, _best]);
        foreach (long count in _counts) { writer.Count(count); }
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static SampleRatioTest FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a sample ratio test");
        double[] shares = reader.Doubles(reader.Length());
        double concentration = reader.Double(), best = reader.Double();
        Level.RequireState(
            shares.Length >= 2 && Array.TrueForAll(shares, share => share is > 0 and < 1) && Math.Abs(shares.Sum() - 1) <= 1e-9
                && double.IsFinite(concentration) && concentration > 0 && best >= 0,
            "a sample ratio test");
        var test = new SampleRatioTest(new SampleRatioTestOptions(shares, concentration)) { _best = best };
        for (int i = 0; i < shares.Length; i++)
        {
            test._counts[i] = reader.Count();
            test.Count += test._counts[i];
        }
        reader.End();
        return test;
    }
}
