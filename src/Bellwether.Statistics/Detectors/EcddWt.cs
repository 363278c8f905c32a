using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="EcddWt"/>.</summary>
/// <param name="Weight">Weight of the newest value in the moving average (λ), in (0, 1]. The limits were fitted for 0.2.</param>
/// <param name="AverageRunLength">Values between false alarms on average that the limits aim at: 100 or 400; for frouros also 1000.</param>
/// <param name="WarningShare">Share of the drift's limit at which to warn, in (0, 1).</param>
/// <param name="WarmUp">Values to see before any verdict; at least 1.</param>
/// <param name="Compatibility">
/// <see cref="Compatibility.Paper"/>, which equals <see cref="Compatibility.Frouros"/>, or <see cref="Compatibility.Tornado"/>, which tests one value earlier.
/// </param>
public sealed record EcddWtOptions(
    double Weight = 0.2, int AverageRunLength = 400, double WarningShare = 0.5, int WarmUp = 30, Compatibility Compatibility = Compatibility.Paper);

/// <summary>EWMA chart for concept drift: a moving average of errors against limits for a stated run length. O(1) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). The one error-rate detector here with a designed rate of false alarms; at an error rate of 0.25 it is
/// measured one in 380 values where 400 is asked for, but one in 46 where 100 is. The limits come from the paper's polynomials in the error rate, fitted for rates below about 0.5 and
/// λ = 0.2. The rate includes the newest value, as in every implementation. The paper's third polynomial, for 1000, lies below that for 400
/// and is refused but for <see cref="Compatibility.Frouros"/>: it cannot be what was meant.
/// Reproduces frouros and tornado exactly; River 0.19 has none.
/// Source: G. J. Ross et al., "Exponentially weighted moving average charts for detecting concept drift", Pattern Recognition Letters 33(2), 2012.
/// </remarks>
public sealed class EcddWt : StreamDetector
{
    private readonly bool _tornado;
    private long _count, _errors;
    private double _rate;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public EcddWt(EcddWtOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new EcddWtOptions();
        OptionCheck.Weight(Options.Weight);
        bool known = Options.AverageRunLength is 100 or 400 || (Options is { AverageRunLength: 1000, Compatibility: Compatibility.Frouros });
        if (!known)
        {
            throw new ArgumentException($"Expected an average run length of 100 or 400, got {Options.AverageRunLength}.", nameof(options));
        }
        OptionCheck.Probability(Options.WarningShare);
        OptionCheck.AtLeast(Options.WarmUp, 1);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.Frouros, Compatibility.Tornado]);
        _tornado = Options.Compatibility == Compatibility.Tornado;
    }

    /// <summary>The options in force.</summary>
    public EcddWtOptions Options { get; }

    /// <summary>The moving average of errors.</summary>
    public double Average { get; private set; }

    private protected override string Name => "ecdd-wt";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _count++;
        _errors += (long)value;
        double weight = Options.Weight;
        double p, deviation;
        if (_tornado)
        {
            p = (double)_errors / _count;
            deviation = Math.Sqrt(p * (1 - p) * weight * (1 - Math.Pow(1 - weight, 2.0 * _count)) / (2 - weight));
            Average += weight * (value - Average);
        }
        else
        {
            p = _rate += (value - _rate) / _count;
            deviation = Math.Sqrt(weight / (2 - weight) * (1 - Math.Pow(1 - weight, 2.0 * _count)) * (p * (1 - p)));
            Average = weight * value + (1 - weight) * Average;
        }
        // Tornado's counter is one ahead when it asks whether it has seen enough.
        if (_count + (_tornado ? 1 : 0) < Options.WarmUp) { return DetectorState.WarmingUp; }
        double limit = Limit(p);
        bool drift = Average > p + limit * deviation;
        bool warning = Average > p + Options.WarningShare * limit * deviation;
        return drift ? DetectorState.Drift : warning ? DetectorState.Warning : DetectorState.Stable;
    }

    private double Limit(double p) => Options.AverageRunLength switch
    {
        100 => 2.76 - 6.23 * p + 18.12 * Math.Pow(p, 3) - 312.45 * Math.Pow(p, 5) + 1002.18 * Math.Pow(p, 7),
        400 => 3.97 - 6.56 * p + 48.73 * Math.Pow(p, 3) - 330.13 * Math.Pow(p, 5) + 848.18 * Math.Pow(p, 7),
        _ => 1.17 + 7.56 * p - 21.24 * Math.Pow(p, 3) + 112.12 * Math.Pow(p, 5) - 987.23 * Math.Pow(p, 7),
    };

    private protected override void Clear()
    {
        _count = _errors = 0;
        _rate = Average = 0;
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        writer.Count(_errors);
        writer.Doubles([_rate, Average]);
    }

    private protected override void Read(ref ByteReader reader) =>
        (_count, _errors, _rate, Average) = (reader.Count(), reader.Count(), reader.Double(), reader.Double());
}
