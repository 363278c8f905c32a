using System.Globalization;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="HddmA"/>.</summary>
/// <param name="DriftConfidence">Chance of a false drift at one test, in (0, 1).</param>
/// <param name="WarningConfidence">Chance of a false warning at one test, in (0, 1), at least the drift's.</param>
/// <param name="Direction"><see cref="Direction.Up"/>, or <see cref="Direction.Both"/> to report falls too.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record HddmAOptions(
    double DriftConfidence = 0.001, double WarningConfidence = 0.005, Direction Direction = Direction.Up,
    Compatibility Compatibility = Compatibility.Paper);

/// <summary>Drift detection by Hoeffding's bound on averages: the mean before a cut point against the mean of everything. O(1) a value.</summary>
/// <remarks>
/// Takes values in [0, 1], so losses as well as errors, as Hoeffding's bound asks no more. The cut point is where the upper confidence limit of the
/// mean was lowest. The bound holds at every single test; over a long stream of tests false alarms add up, though slowly, as the tests
/// overlap. Good at abrupt changes; for gradual ones prefer <see cref="HddmW"/>.
/// Falls: the paper's program (MOA) starts again silently, and so do scikit-multiflow and tornado; River reports them, and so does this.
/// The first value alone is <see cref="DetectorState.WarmingUp"/>. The default keeps sums, exact for errors of 0 and 1;
/// <see cref="Compatibility.River"/> keeps River's incrementally rounded means.
/// Source: I. Frías-Blanco et al., "Online and non-parametric drift detection methods based on Hoeffding's bounds", IEEE TKDE 27(3), 2015, and
/// the author's program in MOA, whose factor ln(2/α) is kept.
/// </remarks>
public sealed class HddmA : StreamDetector
{
    private readonly bool _river, _both;
    private readonly double _cutLog, _driftLog, _warningLog;
    private RunningMean _all;
    private Cut _low, _high;
    private bool _warning;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public HddmA(HddmAOptions? options = null)
        : base(ValueRange.UnitInterval)
    {
        Options = options ?? new HddmAOptions();
        OptionCheck.Probability(Options.DriftConfidence);
        OptionCheck.Probability(Options.WarningConfidence);
        if (Options.WarningConfidence < Options.DriftConfidence)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected a warning confidence of at least the drift's, got {Options.WarningConfidence}."), nameof(options));
        }
        OptionCheck.OneOf(Options.Direction, [Direction.Up, Direction.Both]);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        _river = Options.Compatibility == Compatibility.River;
        _both = Options.Direction == Direction.Both;
        _cutLog = Math.Log(1 / Options.DriftConfidence);
        _driftLog = Math.Log(2 / Options.DriftConfidence);
        _warningLog = Math.Log(2 / Options.WarningConfidence);
    }

    /// <summary>The options in force.</summary>
    public HddmAOptions Options { get; }

    /// <summary>Mean of the values since the start or the last drift; 0 before the first.</summary>
    public double Mean => _all.Value;

    internal override bool HasWarningFlag => _warning;

    private protected override string Name => "hddm-a";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        if (_river) { _all.Add(value); } else { _all.AddToSum(value); }
        double n = _all.Count, mean = _all.Value;
        double bound = Math.Sqrt(1 / (2 * n) * _cutLog);
        // The bound at a cut point is that of its own count, so it is kept with it.
        if (n == 1 || _low.Mean + _low.Bound >= mean + bound) { _low = new Cut(n, mean, bound); }
        if (n == 1 || _high.Mean - _high.Bound <= mean - bound) { _high = new Cut(n, mean, bound); }

        int rise = Exceeds(_low, n, mean - _low.Mean), fall = _both ? Exceeds(_high, n, _high.Mean - mean) : 0;
        // River leaves the flag of a rising warning up beside the drift of a fall.
        _warning = rise == 1 || fall == 1;
        return rise == 2 || fall == 2 ? DetectorState.Drift
            : _warning ? DetectorState.Warning
            : n == 1 ? DetectorState.WarmingUp : DetectorState.Stable;
    }

    /// <summary>2 where the difference exceeds the drift's bound, 1 the warning's, 0 neither.</summary>
    private int Exceeds(in Cut cut, double n, double difference)
    {
        // The bounds are positive, and half of the time the difference is not.
        if (difference <= 0 || cut.Count == n) { return 0; }
        double half = (n - cut.Count) / cut.Count * (1 / n) / 2;
        return difference < Math.Sqrt(half * _warningLog) ? 0 : difference < Math.Sqrt(half * _driftLog) ? 1 : 2;
    }

    private protected override void Clear()
    {
        _all = default;
        _low = _high = default;
        _warning = false;
    }

    private protected override void Write(ByteWriter writer)
    {
        _all.Write(writer);
        writer.Doubles([_low.Count, _low.Mean, _low.Bound, _high.Count, _high.Mean, _high.Bound]);
        writer.Flag(_warning);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _all = RunningMean.Read(ref reader);
        _low = new Cut(reader.Double(), reader.Double(), reader.Double());
        _high = new Cut(reader.Double(), reader.Double(), reader.Double());
        _warning = reader.Flag();
    }

    /// <summary>Values up to a cut point, their mean, and the half-width of its confidence limits.</summary>
    private readonly record struct Cut(double Count, double Mean, double Bound);
}
