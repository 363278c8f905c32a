using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Fhddms"/>.</summary>
/// <param name="Windows">Short windows in the long one; at least 1.</param>
/// <param name="ShortWindow">Values in a short window; at least 1.</param>
/// <param name="Confidence">Chance δ that a window of unchanged accuracy falls below the bound, in (0, 1).</param>
public sealed record FhddmsOptions(int Windows = 4, int ShortWindow = 25, double Confidence = 1e-6);

/// <summary>Stacking fast Hoeffding drift detection: a short and a long sliding window, each against its best so far. O(windows) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). The short window sees abrupt large deterioration sooner than <see cref="Fhddm"/>, the long one is as good
/// at the rest. <see cref="DetectorState.WarmingUp"/> until the long window is full. Reproduces the author's tornado exactly.
/// Source: A. Pesaranghader, H. L. Viktor, E. Paquet, "Reservoir of diverse adaptive learners and stacking fast Hoeffding drift detection
/// methods for evolving data streams", Machine Learning 107, 2018 (arXiv 1709.02457).
/// </remarks>
public sealed class Fhddms : StreamDetector
{
    private readonly BitWindow _window;
    private readonly int[] _right;
    private readonly double _shortBound, _longBound;
    private double _bestShort, _bestLong;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Fhddms(FhddmsOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new FhddmsOptions();
        OptionCheck.AtLeast(Options.Windows, 1);
        OptionCheck.AtLeast(Options.ShortWindow, 1);
        OptionCheck.Probability(Options.Confidence);
        int values = checked(Options.Windows * Options.ShortWindow);
        _window = new BitWindow(values);
        _right = new int[Options.Windows];
        _shortBound = Fhddm.HoeffdingBound(Options.ShortWindow, Options.Confidence);
        _longBound = Fhddm.HoeffdingBound(values, Options.Confidence);
    }

    /// <summary>The options in force.</summary>
    public FhddmsOptions Options { get; }

    private protected override string Name => "fhddms";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        byte right = (byte)(1 - (byte)value);
        bool wasFull = _window.IsFull;
        if (wasFull) { Slide(right); }
        _window.Add(right);
        if (!_window.IsFull) { return DetectorState.WarmingUp; }
        if (!wasFull) { CountRight(); }

        double newest = (double)_right[^1] / Options.ShortWindow;
        if (_bestShort < newest) { _bestShort = newest; }
        if (_bestShort - newest > _shortBound) { return DetectorState.Drift; }
        double sum = 0;
        foreach (int count in _right) { sum += (double)count / Options.ShortWindow; }
        double mean = sum / Options.Windows;
        if (_bestLong < mean) { _bestLong = mean; }
        return _bestLong - mean > _longBound ? DetectorState.Drift : DetectorState.Stable;
    }

    /// <summary>Each short window gives its oldest value to the one before it and takes the oldest of the one after.</summary>
    private void Slide(byte newest)
    {
        for (int i = 0; i < _right.Length; i++)
        {
            int next = (i + 1) * Options.ShortWindow;
            _right[i] += (next < _window.Capacity ? _window[next] : newest) - _window[i * Options.ShortWindow];
        }
    }

    private void CountRight()
    {
        Array.Clear(_right);
        for (int i = 0; i < _window.Capacity; i++) { _right[i / Options.ShortWindow] += _window[i]; }
    }

    private protected override void Clear()
    {
        _window.Clear();
        _bestShort = _bestLong = 0;
    }

    private protected override void Write(ByteWriter writer)
    {
        _window.Write(writer);
        writer.Doubles([_bestShort, _bestLong]);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _window.Read(ref reader);
        if (_window.IsFull) { CountRight(); }
        (_bestShort, _bestLong) = (reader.Double(), reader.Double());
    }
}
