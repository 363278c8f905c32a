using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Cusum"/>.</summary>
/// <param name="Tolerance">Deviation above the target to ignore at each value (k), in the units of the stream; ≥ 0.</param>
/// <param name="Threshold">Accumulated excess that means drift (h), in the units of the stream; &gt; 0.</param>
/// <param name="WarmUp">Values to see before any verdict; at least 1.</param>
/// <param name="Target">The mean to hold; null takes the running mean, as every library does, which a slow drift carries along.</param>
/// <param name="Compatibility">
/// <see cref="Compatibility.Paper"/>, which equals <see cref="Compatibility.Frouros"/> where <paramref name="Target"/> is null, or
/// <see cref="Compatibility.Tornado"/>, which tests one value earlier.
/// </param>
public sealed record CusumOptions(
    double Tolerance = 0.005, double Threshold = 50, int WarmUp = 30, double? Target = null, Compatibility Compatibility = Compatibility.Paper);

/// <summary>A rise of a stream's mean: the sum of excesses over the target, never below zero. O(1) a value.</summary>
/// <remarks>
/// Takes any finite values. To watch for falls, feed the negated stream. The threshold is absolute, like that of <see cref="PageHinkley"/>; with a
/// known target and normal values of deviation σ, k = σ/2 and h = 5σ raise a false alarm about every 930 values.
/// Reproduces frouros and tornado exactly; River 0.19 has none.
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41(1/2), 1954.
/// </remarks>
public sealed class Cusum : StreamDetector
{
    private readonly int _firstVerdict;
    private long _count;
    private double _mean;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Cusum(CusumOptions? options = null)
        : base(ValueRange.Finite)
    {
        Options = options ?? new CusumOptions();
        OptionCheck.NotNegative(Options.Tolerance);
        OptionCheck.Positive(Options.Threshold);
        OptionCheck.AtLeast(Options.WarmUp, 1);
        if (Options.Target is { } target) { OptionCheck.Finite(target, nameof(Options.Target)); }
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.Frouros, Compatibility.Tornado]);
        // Tornado's counter starts at 1.
        _firstVerdict = Options.Compatibility == Compatibility.Tornado ? Options.WarmUp - 1 : Options.WarmUp;
    }

    /// <summary>The options in force.</summary>
    public CusumOptions Options { get; }

    /// <summary>Accumulated excess, ≥ 0.</summary>
    public double Sum { get; private set; }

    private protected override string Name => "cusum";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _count++;
        _mean += (value - _mean) / _count;
        Sum = Math.Max(0, Sum + value - (Options.Target ?? _mean) - Options.Tolerance);
        if (_count < _firstVerdict) { return DetectorState.WarmingUp; }
        return Sum > Options.Threshold ? DetectorState.Drift : DetectorState.Stable;
    }

    private protected override void Clear()
    {
        _count = 0;
        _mean = Sum = 0;
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        writer.Doubles([_mean, Sum]);
    }

    private protected override void Read(ref ByteReader reader) => (_count, _mean, Sum) = (reader.Count(), reader.Double(), reader.Double());
}
