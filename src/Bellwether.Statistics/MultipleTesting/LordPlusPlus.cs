using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.MultipleTesting;

/// <summary>Online control of the false-discovery rate: hypotheses arrive one after another, without end, and each is decided at once.</summary>
/// <remarks>
/// The level of test t is αₜ = γₜw₀ + (α − w₀)γ(t − τ₁) + α Σⱼ≥₂ γ(t − τⱼ), with τⱼ the time of the j-th rejection, and
/// γⱼ = 0.07720838·ln(max(j, 2))/(j·exp(√ln j)), which sums to 1. The guarantee is for independent p-values. After a long stretch without
/// rejections the level is tiny (about 10⁻⁹ after 10⁶ tests): for alarms of a watcher that never stops prefer evidence with a bounded false-alarm
/// rate. Source: A. Ramdas, F. Yang, M. J. Wainwright, M. I. Jordan, "Online control of the false discovery rate with decaying memory", NIPS
/// 2017; γ from A. Javanmard, A. Montanari, Ann. Stat. 46(2), 2018. Not thread-safe.
/// </remarks>
public sealed class LordPlusPlus
{
    private const byte FormatByte = 1;
    private readonly List<long> _rejections = [];
    private readonly double _alpha;
    private readonly double _wealth;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LordPlusPlus(LordPlusPlusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SortedPValues.RequireLevel(options.Alpha);
        (_alpha, _wealth) = (options.Alpha, options.InitialWealth ?? options.Alpha / 10);
        if (!(_wealth > 0 && _wealth <= _alpha))
        {
            throw new ArgumentOutOfRangeException(nameof(options), _wealth, $"Expected an initial wealth in (0, {_alpha}].");
        }
    }

    /// <summary>Hypotheses decided so far.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them were rejected.</summary>
    public int Rejections => _rejections.Count;

    /// <summary>The level at which the next p-value will be tested. O(rejections so far).</summary>
    public double NextLevel
    {
        get
        {
            long t = Count + 1;
            double level = Gamma(t) * _wealth;
            for (int j = 0; j < _rejections.Count; j++) { level += (j == 0 ? _alpha - _wealth : _alpha) * Gamma(t - _rejections[j]); }
            return level;
        }
    }

    /// <summary>Decides one hypothesis.</summary>
    /// <param name="pValue">In [0, 1].</param>
    /// <returns>Whether it is rejected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The p-value is NaN or outside [0, 1]; it then does not count.</exception>
    public bool Update(double pValue)
    {
        if (pValue is not (>= 0 and <= 1)) { throw new ArgumentOutOfRangeException(nameof(pValue), pValue, "Expected a p-value in [0, 1]."); }
        bool rejected = pValue <= NextLevel;
        Count++;
        if (rejected) { _rejections.Add(Count); }
        return rejected;
    }

    /// <summary>Options and state.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Doubles([_alpha, _wealth]);
        writer.Count(Count);
        writer.Count(_rejections.Count);
        long before = 0;
        foreach (long at in _rejections)
        {
            writer.Count(at - before);
            before = at;
        }
        return writer.ToArray();
    }

    /// <summary>Resumes where <see cref="ToBytes"/> was written, with the same options.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static LordPlusPlus FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "an online test");
        double alpha = reader.Double(), wealth = reader.Double();
        if (!(alpha is > 0 and < 1 && wealth > 0 && wealth <= alpha)) { throw new InvalidDataException($"Level {alpha} or wealth {wealth} is out of range."); }
        var test = new LordPlusPlus(new LordPlusPlusOptions(alpha, wealth)) { Count = reader.Count() };
        int rejections = reader.Length();
        long at = 0;
        for (int i = 0; i < rejections; i++)
        {
            long step = reader.Count();
            if (step == 0 || step > test.Count - at) { throw new InvalidDataException("A rejection is out of order."); }
            at += step;
            test._rejections.Add(at);
        }
        reader.End();
        return test;
    }

    private static double Gamma(long j) => 0.07720838 * Math.Log(Math.Max(j, 2)) / (j * Math.Exp(Math.Sqrt(Math.Log(j))));
}
