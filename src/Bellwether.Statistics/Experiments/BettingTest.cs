using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Experiments;

/// <summary>Test of the mean of bounded values, valid at every look: the wealth of a gambler whom a true null gives no chance to win.</summary>
/// <remarks>
/// Wealth is multiplied by 1 + λ(x − m) with each value on the scale [0, 1]; stakes λ are chosen before x is seen and lose at most half (40 % for the
/// fixed stakes). Two-sided: half of the wealth bets on each side. The wealth is an e-value: it may be averaged over tests, multiplied over
/// independent ones, or given to <see cref="Drift.EBenjaminiHochberg"/>. The null is rejected once wealth reached 1/α (Ville). No assumption beyond
/// the bounds and the conditional mean; the exact tests for a number of values fixed beforehand have more power at that one look.
/// Paired losses of two models: feed d in [−1, 1] with those bounds. Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random
/// variables by betting", J. R. Stat. Soc. B 86(1), 2024, §§4 and B. Not thread-safe.
/// </remarks>
public sealed class BettingTest
{
    private const byte FormatByte = 1;
    private const double MostLost = .5;
    private static readonly double[] FixedStakes = [.02, .05, .1, .2, .4];

    private readonly BettingTestOptions _options;
    private readonly double _null;
    private readonly double[] _up; // Logarithms of the wealth of each gambler who bets on a larger mean.
    private readonly double[] _down;
    private double _sum;
    private double _squares;
    private double _best;

    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public BettingTest(BettingTestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        new BoundedMeanOptions(options.Alpha, options.Lowest, options.Highest).Valid();
        _null = (options.NullMean - options.Lowest) / (options.Highest - options.Lowest);
        if (!(_null > 0 && _null < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.NullMean, $"Expected a mean strictly between {options.Lowest} and {options.Highest}.");
        }
        if (!Enum.IsDefined(options.Alternative)) { throw new ArgumentOutOfRangeException(nameof(options), options.Alternative, "Unknown alternative."); }
        if (!Enum.IsDefined(options.Rule)) { throw new ArgumentOutOfRangeException(nameof(options), options.Rule, "Unknown rule."); }
        _options = options;
        int gamblers = options.Rule == BettingRule.FixedStakes ? FixedStakes.Length : 1;
        _up = new double[options.Alternative == Alternative.Less ? 0 : gamblers];
        _down = new double[options.Alternative == Alternative.Greater ? 0 : gamblers];
    }

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>Mean of the values so far; NaN without any.</summary>
    public double Mean => _options.Lowest + (_options.Highest - _options.Lowest) * (_sum / Count);

    /// <summary>ln of the wealth now; 0 at the start. exp of it is the e-value of this moment.</summary>
    public double LogWealth => Average(_up, _down);

    /// <summary>p-value valid at any time: 1 over the largest wealth so far, at most 1.</summary>
    public double PValue => Math.Exp(-_best);

    /// <summary>Whether the wealth ever reached 1/α.</summary>
    public bool Rejected => _best >= -Math.Log(_options.Alpha);

    /// <summary>Adds a value. O(1).</summary>
    /// <returns>Whether the null is rejected, now or before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or outside its bounds; it then does not count.</exception>
    public bool Update(double value)
    {
        if (!(value >= _options.Lowest && value <= _options.Highest))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a value in [{_options.Lowest}, {_options.Highest}].");
        }
        double x = (value - _options.Lowest) / (_options.Highest - _options.Lowest);
        double mean = (.5 + _sum) / (Count + 1), variance = (.25 + _squares) / (Count + 1);
        Count++;
        for (int i = 0; i < _up.Length; i++) { _up[i] += Math.Log(1 + Stake(i, mean, variance, _null) * (x - _null)); }
        for (int i = 0; i < _down.Length; i++) { _down[i] += Math.Log(1 - Stake(i, 1 - mean, variance, 1 - _null) * (x - _null)); }
        _sum += x;
        double after = x - (.5 + _sum) / (Count + 1);
        _squares += after * after;
        _best = Math.Max(_best, LogWealth);
        return Rejected;
    }

    /// <summary>λ ≥ 0 of a gambler for whom the null mean is m and who loses λm when x is 0.</summary>
    private double Stake(int gambler, double mean, double variance, double m)
    {
        switch (_options.Rule)
        {
            case BettingRule.FixedStakes: return FixedStakes[gambler] / m;
            case BettingRule.GrowthRate:
                double gain = mean - m;
                return Math.Clamp(gain / (variance + gain * gain), 0, MostLost / m);
            default:
                double plugIn = Math.Sqrt(2 * Math.Log(2 / _options.Alpha) / (variance * Count * Math.Log(1.0 + Count)));
                return Math.Min(plugIn, MostLost / m);
        }
    }

    private static double Average(double[] up, double[] down)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double log in up) { largest = Math.Max(largest, log); }
        foreach (double log in down) { largest = Math.Max(largest, log); }
        foreach (double log in up) { sum += Math.Exp(log - largest); }
        foreach (double log in down) { sum += Math.Exp(log - largest); }
        return largest + Math.Log(sum / (up.Length + down.Length));
    }

    /// <summary>Options and state.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Byte((byte)_options.Alternative);
        writer.Byte((byte)_options.Rule);
        writer.Doubles([_options.NullMean, _options.Alpha, _options.Lowest, _options.Highest]);
        writer.Count(Count);
        writer.Doubles([_sum, _squares, _best]);
        writer.Doubles(_up);
        writer.Doubles(_down);
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static BettingTest FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "a betting test");
        var alternative = (Alternative)reader.Byte();
        var rule = (BettingRule)reader.Byte();
        double[] numbers = reader.Doubles(4);
        Level.RequireState(Enum.IsDefined(alternative) && Enum.IsDefined(rule) && Array.TrueForAll(numbers, double.IsFinite), "a betting test");
        Level.RequireState(numbers[1] is > 0 and < 1 && numbers[2] < numbers[0] && numbers[0] < numbers[3], "a betting test");
        var test = new BettingTest(new BettingTestOptions(numbers[0], alternative, numbers[1], numbers[2], numbers[3], rule)) { Count = reader.Count() };
        (test._sum, test._squares, test._best) = (reader.Double(), reader.Double(), reader.Double());
        reader.Doubles(test._up);
        reader.Doubles(test._down);
        reader.End();
        Level.RequireState(double.IsFinite(test._sum) && test._squares >= 0 && test._best >= 0, "a betting test");
        return test;
    }
}
