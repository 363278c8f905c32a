using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Gma"/>.</summary>
/// <param name="Forgetting">Weight of the average before against the new value (α), in (0, 1).</param>
/// <param name="Threshold">Average deviation that means drift, in the units of the stream; ≥ 0. For errors (0 and 1) choose it below 1.</param>
/// <param name="WarmUp">Values to see before any verdict; at least 1.</param>
public sealed record GmaOptions(double Forgetting = 0.99, double Threshold = 1, int WarmUp = 30);

/// <summary>A rise of a stream's mean: the geometric moving average (EWMA) of deviations from the running mean. O(1) a value.</summary>
/// <remarks>
/// Takes any finite values. The threshold is absolute and one-sided; <see cref="EcddWt"/> is the same average with limits that adapt to an error
/// rate. Reproduces frouros 0.10 exactly; River 0.19 has none. With errors of 0 and 1 the default threshold can never be exceeded.
/// Source: S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1(3), 1959, whose known mean is here the
/// running one.
/// </remarks>
public sealed class Gma : StreamDetector
{
    private long _count;
    private double _mean;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Gma(GmaOptions? options = null)
        : base(ValueRange.Finite)
    {
        Options = options ?? new GmaOptions();
        OptionCheck.Probability(Options.Forgetting);
        OptionCheck.NotNegative(Options.Threshold);
        OptionCheck.AtLeast(Options.WarmUp, 1);
    }

    /// <summary>The options in force.</summary>
    public GmaOptions Options { get; }

    /// <summary>The moving average of deviations.</summary>
    public double Average { get; private set; }

    private protected override string Name => "gma";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _count++;
        _mean += (value - _mean) / _count;
        Average = Options.Forgetting * Average + (1 - Options.Forgetting) * (value - _mean);
        if (_count < Options.WarmUp) { return DetectorState.WarmingUp; }
        return Average > Options.Threshold ? DetectorState.Drift : DetectorState.Stable;
    }

    private protected override void Clear()
    {
        _count = 0;
        _mean = Average = 0;
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        writer.Doubles([_mean, Average]);
    }

    private protected override void Read(ref ByteReader reader) => (_count, _mean, Average) = (reader.Count(), reader.Double(), reader.Double());
}
