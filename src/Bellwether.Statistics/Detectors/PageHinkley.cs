using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="PageHinkley"/>.</summary>
/// <param name="Tolerance">Deviation from the mean to ignore at each value (δ), in the units of the stream; ≥ 0.</param>
/// <param name="Threshold">Accumulated deviation that means drift (λ), in the units of the stream; &gt; 0. Scale it with the stream's deviation.</param>
/// <param name="WarmUp">Values to see before any verdict; at least 1.</param>
/// <param name="Direction">Which changes to report. River's default is <see cref="Detectors.Direction.Both"/>.</param>
/// <param name="Forgetting">Factor in (0, 1] by which the accumulated deviation shrinks a value; 1 is the paper's. River's default is 0.9999.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record PageHinkleyOptions(
    double Tolerance = 0.005, double Threshold = 50, int WarmUp = 30, Direction Direction = Direction.Up, double Forgetting = 1,
    Compatibility Compatibility = Compatibility.Paper);

/// <summary>A shift of a stream's mean: the accumulated deviation from the running mean, against its own minimum. O(1) a value.</summary>
/// <remarks>
/// Takes any finite values. The mean includes the new value and starts again after a drift. The threshold is absolute: a stream scaled by c needs
/// a threshold and tolerance scaled by c. It sees small lasting shifts that <see cref="Ddm"/> misses, but for a stream whose scale is unknown
/// prefer <see cref="Adwin"/>, whose threshold adapts.
/// River differs: its running maximum starts at −1 rather than at the first sum, which lets a fall alarm up to 1 early;
/// scikit-multiflow's detector of this name is a CUSUM with forgetting, frouros' and tornado's never subtract the minimum and go blind.
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41(1/2), 1954; D. V. Hinkley, Biometrika 58(3), 1971.
/// </remarks>
public sealed class PageHinkley : StreamDetector
{
    private readonly double _tolerance, _threshold, _forgetting, _firstHighest;
    private readonly int _warmUp;
    private readonly bool _river, _up, _down;
    private RunningMean _mean;
    private double _rise, _lowest, _fall, _highest;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public PageHinkley(PageHinkleyOptions? options = null)
        : base(ValueRange.Finite)
    {
        Options = options ?? new PageHinkleyOptions();
        OptionCheck.NotNegative(Options.Tolerance);
        OptionCheck.Positive(Options.Threshold);
        OptionCheck.AtLeast(Options.WarmUp, 1);
        OptionCheck.Weight(Options.Forgetting);
        OptionCheck.OneOf(Options.Direction, [Direction.Up, Direction.Down, Direction.Both]);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        (_tolerance, _threshold, _warmUp, _forgetting) = (Options.Tolerance, Options.Threshold, Options.WarmUp, Options.Forgetting);
        (_up, _down) = (Options.Direction != Direction.Down, Options.Direction != Direction.Up);
        _river = Options.Compatibility == Compatibility.River;
        _firstHighest = _river ? -1 : double.NegativeInfinity;
        Clear();
    }

    /// <summary>The options in force.</summary>
    public PageHinkleyOptions Options { get; }

    /// <summary>Mean of the values since the start or the last drift; 0 before the first.</summary>
    public double Mean => _mean.Value;

    /// <summary>Accumulated deviation for rises, its minimum, the one for falls, and its maximum.</summary>
    internal (double Rise, double Lowest, double Fall, double Highest) Sums => (_rise, _lowest, _fall, _highest);

    private protected override string Name => "page-hinkley";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        bool drift = false;
        if (_river)
        {
            _mean.Add(value);
            double deviation = value - _mean.Value;
            drift |= Rises(_forgetting * _rise + deviation - _tolerance);
            drift |= Falls(_forgetting * _fall + deviation + _tolerance);
        }
        else
        {
            _mean.AddToSum(value);
            double deviation = value - _mean.Value;
            // In brackets what does not wait for the sum before.
            if (_up) { drift |= Rises(_forgetting * _rise + (deviation - _tolerance)); }
            if (_down) { drift |= Falls(_forgetting * _fall + (deviation + _tolerance)); }
        }
        return _mean.Count < _warmUp ? DetectorState.WarmingUp : drift ? DetectorState.Drift : DetectorState.Stable;
    }

    private bool Rises(double sum)
    {
        _rise = sum;
        if (sum < _lowest) { _lowest = sum; }
        return _up && sum - _lowest > _threshold;
    }

    private bool Falls(double sum)
    {
        _fall = sum;
        if (sum > _highest) { _highest = sum; }
        return _down && _highest - sum > _threshold;
    }

    private protected override void Clear()
    {
        _mean = default;
        _rise = _fall = 0;
        (_lowest, _highest) = (double.PositiveInfinity, _firstHighest);
    }

    private protected override void Write(ByteWriter writer)
    {
        _mean.Write(writer);
        writer.Doubles([_rise, _lowest, _fall, _highest]);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _mean = RunningMean.Read(ref reader);
        (_rise, _lowest, _fall, _highest) = (reader.Double(), reader.Double(), reader.Double(), reader.Double());
    }
}
