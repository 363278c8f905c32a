using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Mddm"/>.</summary>
/// <param name="Scheme">How weights grow.</param>
/// <param name="Window">Values in the sliding window; at least 1.</param>
/// <param name="Growth">
/// Growth of the weights from one value to the next, ≥ 0: the difference d, the logarithm λ, or the ratio r less 1 (see <paramref name="Ratio"/>).
/// </param>
/// <param name="Confidence">Chance δ that a window of unchanged accuracy falls below the bound, in (0, 1).</param>
/// <param name="Ratio">The ratio r ≥ 1 of the geometric scheme itself, as 1 + growth may round; null takes 1 + growth.</param>
public sealed record MddmOptions(
    MddmScheme Scheme = MddmScheme.Arithmetic, int Window = 100, double Growth = 0.01, double Confidence = 1e-6, double? Ratio = null);

/// <summary>McDiarmid drift detection: weighted accuracy over a sliding window, newer values heavier, against the best so far. O(window) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). The three schemes are the paper's MDDM-A, -G and -E. Sees changes a little sooner than
/// <see cref="Fhddm"/>, which costs far less. <see cref="DetectorState.WarmingUp"/> until the window is full. Reproduces the author's tornado exactly,
/// for which the weighted sum is added afresh at each value, in the window's order.
/// Source: A. Pesaranghader, H. L. Viktor, E. Paquet, "McDiarmid drift detection methods for evolving data streams", IJCNN 2018.
/// </remarks>
public sealed class Mddm : StreamDetector
{
    private readonly BitWindow _window;
    private readonly double[] _weights;
    private readonly double _total, _bound;
    private double _best;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Mddm(MddmOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new MddmOptions();
        OptionCheck.OneOf(Options.Scheme, [MddmScheme.Arithmetic, MddmScheme.Geometric, MddmScheme.Euler]);
        OptionCheck.AtLeast(Options.Window, 1);
        OptionCheck.NotNegative(Options.Growth);
        OptionCheck.Probability(Options.Confidence);
        if (Options.Ratio is { } ratio && !(ratio >= 1 && double.IsFinite(ratio)))
        {
            throw new ArgumentException($"Expected a finite ratio of at least 1, got {ratio}.", nameof(options));
        }
        _window = new BitWindow(Options.Window);
        _weights = Weights(Options);
        foreach (double weight in _weights) { _total += weight; }
        if (!double.IsFinite(_total)) { throw new ArgumentException($"The weights of {Options.Window} values overflow.", nameof(options)); }
        double squares = 0;
        foreach (double weight in _weights) { squares += Math.Pow(weight / _total, 2); }
        _bound = Math.Sqrt(0.5 * squares * Math.Log(1 / Options.Confidence));
    }

    /// <summary>The options in force.</summary>
    public MddmOptions Options { get; }

    private protected override string Name => "mddm";

    private static double[] Weights(MddmOptions options)
    {
        double[] weights = new double[options.Window];
        double ratio = options.Scheme == MddmScheme.Euler ? Math.Pow(Math.E, options.Growth) : options.Ratio ?? 1 + options.Growth;
        double weight = options.Scheme == MddmScheme.Geometric ? ratio : 1;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = options.Scheme == MddmScheme.Arithmetic ? 1 + i * options.Growth : weight;
            weight *= ratio;
        }
        return weights;
    }

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _window.Add((byte)(1 - (byte)value));
        if (!_window.IsFull) { return DetectorState.WarmingUp; }
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++) { sum += _window[i] * _weights[i]; }
        double accuracy = sum / _total;
        if (accuracy > _best) { _best = accuracy; }
        return _best - accuracy > _bound ? DetectorState.Drift : DetectorState.Stable;
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
