using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Fhddm"/>.</summary>
/// <param name="Window">Values in the sliding window; at least 1.</param>
/// <param name="Confidence">Chance δ that a window of unchanged accuracy falls below the bound, in (0, 1).</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/>, which equals <see cref="Compatibility.Tornado"/>, or <see cref="Compatibility.River"/>.</param>
public sealed record FhddmOptions(int Window = 100, double Confidence = 1e-6, Compatibility Compatibility = Compatibility.Paper);

/// <summary>Fast Hoeffding drift detection: accuracy over a sliding window against the best window so far. O(1) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). Reports deterioration once accuracy lies √(ln(1/δ)/(2n)) below its best window (0.263 with the
/// defaults), so it misses smaller changes for ever; <see cref="HddmA"/> finds them given time. <see cref="DetectorState.WarmingUp"/> until the window is full.
/// The best window is a maximum over many, so the chance δ of one test does not bound false alarms.
/// Reproduces the author's tornado exactly. River's class is documented to take errors but reports a fall of their share, an improvement:
/// <see cref="Compatibility.River"/> does so too.
/// Source: A. Pesaranghader, H. L. Viktor, "Fast Hoeffding drift detection method for evolving data streams", ECML PKDD 2016.
/// </remarks>
public sealed class Fhddm : StreamDetector
{
    private readonly BitWindow _window;
    private readonly byte _counted;
    private readonly double _bound;
    private double _best;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Fhddm(FhddmOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new FhddmOptions();
        OptionCheck.AtLeast(Options.Window, 1);
        OptionCheck.Probability(Options.Confidence);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.Tornado, Compatibility.River]);
        _window = new BitWindow(Options.Window);
        _bound = HoeffdingBound(Options.Window, Options.Confidence);
        _counted = (byte)(Options.Compatibility == Compatibility.River ? 1 : 0);
    }

    /// <summary>The options in force.</summary>
    public FhddmOptions Options { get; }

    private protected override string Name => "fhddm";

    internal static double HoeffdingBound(int n, double confidence) => Math.Sqrt(Math.Log(1 / confidence) / (2.0 * n));

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _window.Add((byte)value == _counted ? (byte)1 : (byte)0);
        if (!_window.IsFull) { return DetectorState.WarmingUp; }
        double share = (double)_window.Ones / _window.Capacity;
        if (_best < share) { _best = share; }
        return _best - share > _bound ? DetectorState.Drift : DetectorState.Stable;
    }

    private protected override void Clear()
    {
        _window.Clear();
        _best = 0;
    }

    private protected override void Write(ByteWriter writer)
    {
        _window.Write(writer);
        writer.Double(_best);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _window.Read(ref reader);
        _best = reader.Double();
    }
}
