using System.Globalization;
using Bellwether.Statistics.Wire;
using MathNet.Numerics;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Stepd"/>.</summary>
/// <param name="DriftLevel">Significance of a drift, one-sided, in (0, 0.5).</param>
/// <param name="WarningLevel">Significance of a warning, in (0, 0.5), at least the drift's.</param>
/// <param name="Window">Newest values to compare with all older ones, at least 1; the first verdict falls on value 2·<c>Window</c>.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.Frouros"/>.</param>
public sealed record StepdOptions(
    double DriftLevel = 0.003, double WarningLevel = 0.05, int Window = 30, Compatibility Compatibility = Compatibility.Paper);

/// <summary>Statistical test of equal proportions: accuracy over the newest values against that over all older ones. O(1) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). Reports deterioration only, by the continuity-corrected normal test. With all values alike
/// the test cannot tell and the state is <see cref="DetectorState.Stable"/>. The test is repeated at each value, so the level of one test
/// does not bound false alarms: about one in 2,000 stationary values with the defaults.
/// Frouros differs: it takes correctness (feed it 1 − error; this takes errors either way), reports improvement too, and takes the absolute value
/// of an undefined statistic, so that a perfect classifier drifts every 2·<c>Window</c> values. River 0.19 has none.
/// Source: K. Nishida, K. Yamauchi, "Detecting concept drift using statistical testing", Discovery Science 2007.
/// </remarks>
public sealed class Stepd : StreamDetector
{
    private readonly BitWindow _newest;
    private readonly double _driftQuantile, _warningQuantile;
    private readonly bool _frouros;
    private long _count, _right;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Stepd(StepdOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new StepdOptions();
        OptionCheck.AtLeast(Options.Window, 1);
        if (!(Options.DriftLevel > 0 && Options.DriftLevel <= Options.WarningLevel && Options.WarningLevel < 0.5))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected 0 < drift level ≤ warning level < 0.5, got {Options.DriftLevel} and {Options.WarningLevel}."), nameof(options));
        }
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.Frouros]);
        _frouros = Options.Compatibility == Compatibility.Frouros;
        _newest = new BitWindow(Options.Window);
        _driftQuantile = UpperQuantile(Options.DriftLevel);
        _warningQuantile = UpperQuantile(Options.WarningLevel);
    }

    /// <summary>The options in force.</summary>
    public StepdOptions Options { get; }

    private protected override string Name => "stepd";

    private static double UpperQuantile(double level) => Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * level);

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        byte right = (byte)(1 - (byte)value);
        _count++;
        _right += right;
        _newest.Add(right);
        if (_count < 2L * Options.Window) { return DetectorState.WarmingUp; }
        double statistic = Statistic();
        return statistic > _driftQuantile ? DetectorState.Drift : statistic > _warningQuantile ? DetectorState.Warning : DetectorState.Stable;
    }

    /// <summary>Standard normal under equal accuracies, large under deterioration; NaN where it is undefined.</summary>
    private double Statistic()
    {
        long older = _count - _newest.Count;
        double p = (double)_right / _count;
        double inverse = 1.0 / older + 1.0 / _newest.Count;
        double difference = (double)(_right - _newest.Ones) / older - (double)_newest.Ones / _newest.Count;
        double deviation = Math.Sqrt(p * (1 - p) * inverse);
        if (_frouros) { return Math.Abs((Math.Abs(difference) - 0.5 * inverse) / deviation); }
        return deviation > 0 ? (difference - 0.5 * inverse) / deviation : double.NaN;
    }

    private protected override void Clear()
    {
        _count = _right = 0;
        _newest.Clear();
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        writer.Count(_right);
        _newest.Write(writer);
    }

    private protected override void Read(ref ByteReader reader)
    {
        (_count, _right) = (reader.Count(), reader.Count());
        _newest.Read(ref reader);
        if (_newest.Count != Math.Min(_count, Options.Window)) { throw new InvalidDataException($"Expected a window of {Options.Window} values."); }
    }
}
