using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Ddm"/>.</summary>
/// <param name="WarningLevel">Standard deviations above the minimum that mean a warning; &gt; 0.</param>
/// <param name="DriftLevel">Standard deviations above the minimum that mean drift; at least the warning's.</param>
/// <param name="WarmUp">Values to see before any verdict, at least 1: the first verdict falls on this value, in River on the next.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record DdmOptions(
    double WarningLevel = 2, double DriftLevel = 3, int WarmUp = 30, Compatibility Compatibility = Compatibility.Paper);

/// <summary>Drift detection method: an error rate that climbs several binomial standard deviations above its minimum. O(1) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). Sees rises only. The rate is over everything since the last drift, so the longer a model was good the
/// slower it reacts: <see cref="Rddm"/> and <see cref="HddmA"/> are quicker after long stretches, and <see cref="EcddWt"/> has a stated rate of
/// false alarms, which this lacks (about one in three runs of 10,000 stationary values sees one with the defaults).
/// The paper's minimum may have p = s = 0 after a run without errors, and the first error is then a drift. Here a minimum needs at least one
/// error; with <see cref="Compatibility.River"/> the paper's and River's arithmetic stands, the first test is one value later, and
/// ties move the minimum.
/// Source: J. Gama, P. Medas, G. Castillo, P. Rodrigues, "Learning with drift detection", SBIA 2004.
/// </remarks>
public sealed class Ddm : StreamDetector
{
    private readonly bool _river;
    private readonly double _warningLevel, _driftLevel;
    private readonly int _warmUp;
    private RunningMean _rate;
    private double _lowestSum, _warningSum;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Ddm(DdmOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new DdmOptions();
        OptionCheck.Positive(Options.WarningLevel);
        OptionCheck.Positive(Options.DriftLevel);
        if (Options.DriftLevel < Options.WarningLevel)
        {
            throw new ArgumentException($"Expected a drift level of at least the warning's {Options.WarningLevel}, got {Options.DriftLevel}.", nameof(options));
        }
        OptionCheck.AtLeast(Options.WarmUp, 1);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        _river = Options.Compatibility == Compatibility.River;
        (_warningLevel, _driftLevel) = (Options.WarningLevel, Options.DriftLevel);
        _warmUp = _river ? Options.WarmUp + 1 : Options.WarmUp;
        Clear();
    }

    /// <summary>The options in force.</summary>
    public DdmOptions Options { get; }

    /// <summary>Share of errors since the start or the last drift; 0 before the first value.</summary>
    public double ErrorRate => _rate.Value;

    /// <summary>The error rate where rate plus deviation was lowest; infinite before.</summary>
    public double LowestRate { get; private set; }

    /// <summary>The standard deviation there; infinite before.</summary>
    public double LowestDeviation { get; private set; }

    private protected override string Name => "ddm";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        if (_river) { _rate.Add(value); } else { _rate.AddToSum(value); }
        if (_rate.Count < _warmUp) { return DetectorState.WarmingUp; }
        double p = _rate.Value;
        // Nearly always the sum lies clearly between minimum and warning. Squares show that without the division and the root; the slack is far
        // wider than rounding, so that no answer changes.
        double square = p * (1 - p) * _rate.Reciprocal, above = p - _lowestSum, below = _warningSum - p;
        if (below > 0 && square < below * below * (1 - 1e-6) && (above >= 0 ? above > 1e-9 : square > above * above * (1 + 1e-6)))
        {
            return DetectorState.Stable;
        }
        return Judge(p);
    }

    private DetectorState Judge(double p)
    {
        double s = Math.Sqrt(p * (1 - p) / _rate.Count), sum = p + s;
        if (_river ? sum <= _lowestSum : sum < _lowestSum && p > 0)
        {
            (LowestRate, LowestDeviation, _lowestSum) = (p, s, sum);
            _warningSum = LowestRate + _warningLevel * LowestDeviation;
        }
        return sum > LowestRate + _driftLevel * LowestDeviation ? DetectorState.Drift
            : sum > _warningSum ? DetectorState.Warning : DetectorState.Stable;
    }

    private protected override void Clear()
    {
        _rate = default;
        LowestRate = LowestDeviation = _lowestSum = _warningSum = double.PositiveInfinity;
    }

    private protected override void Write(ByteWriter writer)
    {
        _rate.Write(writer);
        writer.Doubles([LowestRate, LowestDeviation, _lowestSum]);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _rate = RunningMean.Read(ref reader);
        (LowestRate, LowestDeviation, _lowestSum) = (reader.Double(), reader.Double(), reader.Double());
        _warningSum = LowestRate + _warningLevel * LowestDeviation;
    }
}
