using System.Globalization;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="HddmW"/>.</summary>
/// <param name="DriftConfidence">Chance of a false drift at one test, in (0, 1).</param>
/// <param name="WarningConfidence">Chance of a false warning at one test, in (0, 1), at least the drift's.</param>
/// <param name="Weight">Weight of the newest value in the moving averages (λ), in (0, 1].</param>
/// <param name="Direction"><see cref="Direction.Up"/>, or <see cref="Direction.Both"/> to report falls too.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record HddmWOptions(
    double DriftConfidence = 0.001, double WarningConfidence = 0.005, double Weight = 0.05, Direction Direction = Direction.Up,
    Compatibility Compatibility = Compatibility.Paper);

/// <summary>Drift detection by McDiarmid's bound on moving averages: the average before a cut point against the one since. O(1) a value.</summary>
/// <remarks>
/// Takes values in [0, 1]. Sees gradual changes sooner than <see cref="HddmA"/> and raises more false alarms. The first value alone is
/// <see cref="DetectorState.WarmingUp"/>. River differs: its moving average starts anew whenever it equals 0, so that after a run of zeros
/// the first 1 counts in full; in scikit-multiflow falls can never be seen.
/// Source: I. Frías-Blanco et al., "Online and non-parametric drift detection methods based on Hoeffding's bounds", IEEE TKDE 27(3), 2015.
/// </remarks>
public sealed class HddmW : StreamDetector
{
    private readonly bool _river, _both;
    private readonly double _driftLog, _warningLog, _weight;
    private Average _all, _lowBefore, _lowSince, _highBefore, _highSince;
    private double _lowest, _highest;
    private long _count;
    private bool _warning;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public HddmW(HddmWOptions? options = null)
        : base(ValueRange.UnitInterval)
    {
        Options = options ?? new HddmWOptions();
        OptionCheck.Probability(Options.DriftConfidence);
        OptionCheck.Probability(Options.WarningConfidence);
        if (Options.WarningConfidence < Options.DriftConfidence)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected a warning confidence of at least the drift's, got {Options.WarningConfidence}."), nameof(options));
        }
        OptionCheck.Weight(Options.Weight);
        OptionCheck.OneOf(Options.Direction, [Direction.Up, Direction.Both]);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        _river = Options.Compatibility == Compatibility.River;
        _both = Options.Direction == Direction.Both;
        _driftLog = Math.Log(1 / Options.DriftConfidence);
        _warningLog = Math.Log(1 / Options.WarningConfidence);
        _weight = Options.Weight;
        Clear();
    }

    /// <summary>The options in force.</summary>
    public HddmWOptions Options { get; }

    /// <summary>Moving average since the start or the last drift; 0 before the first value.</summary>
    public double Mean => _all.Mean;

    internal override bool HasWarningFlag => _warning;

    private protected override string Name => "hddm-w";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _count++;
        Add(ref _all, value);
        double bound = Bound(_all.Independence, _driftLog);
        if (_all.Mean + bound < _lowest)
        {
            (_lowest, _lowBefore, _lowSince) = (_all.Mean + bound, _all, Average.Empty);
        }
        else
        {
            Add(ref _lowSince, value);
        }
        if (_both)
        {
            if (_all.Mean - bound > _highest)
            {
                (_highest, _highBefore, _highSince) = (_all.Mean - bound, _all, Average.Empty);
            }
            else
            {
                Add(ref _highSince, value);
            }
        }
        int rise = Exceeds(_lowBefore, _lowSince, _lowSince.Mean - _lowBefore.Mean);
        int fall = _both ? Exceeds(_highBefore, _highSince, _highBefore.Mean - _highSince.Mean) : 0;
        _warning = rise == 1 || fall == 1;
        return rise == 2 || fall == 2 ? DetectorState.Drift
            : _warning ? DetectorState.Warning
            : _count == 1 ? DetectorState.WarmingUp : DetectorState.Stable;
    }

    /// <summary>2 where the difference exceeds the drift's bound, 1 the warning's, 0 neither.</summary>
    private int Exceeds(in Average before, in Average since, double difference)
    {
        if (difference <= 0 || !before.HasValues || !since.HasValues) { return 0; }
        double independence = before.Independence + since.Independence;
        return difference > Bound(independence, _driftLog) ? 2 : difference > Bound(independence, _warningLog) ? 1 : 0;
    }

    private static double Bound(double independence, double log) => Math.Sqrt(independence * log / 2);

    private void Add(ref Average average, double value)
    {
        bool starts = _river ? average.Mean == 0 : !average.HasValues;
        double mean = starts ? value : _weight * value + (1 - _weight) * average.Mean;
        average = new Average(mean, _weight * _weight + (1 - _weight) * (1 - _weight) * average.Independence, true);
    }

    private protected override void Clear()
    {
        _all = _lowBefore = _lowSince = _highBefore = _highSince = Average.Empty;
        (_lowest, _highest) = (double.PositiveInfinity, double.NegativeInfinity);
        _count = 0;
        _warning = false;
    }

    private protected override void Write(ByteWriter writer)
    {
        foreach (var average in (ReadOnlySpan<Average>)[_all, _lowBefore, _lowSince, _highBefore, _highSince])
        {
            writer.Doubles([average.Mean, average.Independence]);
            writer.Flag(average.HasValues);
        }
        writer.Doubles([_lowest, _highest]);
        writer.Count(_count);
        writer.Flag(_warning);
    }

    private protected override void Read(ref ByteReader reader)
    {
        _all = ReadAverage(ref reader);
        (_lowBefore, _lowSince) = (ReadAverage(ref reader), ReadAverage(ref reader));
        (_highBefore, _highSince) = (ReadAverage(ref reader), ReadAverage(ref reader));
        (_lowest, _highest, _count, _warning) = (reader.Double(), reader.Double(), reader.Count(), reader.Flag());
    }

    private static Average ReadAverage(ref ByteReader reader) => new(reader.Double(), reader.Double(), reader.Flag());

    /// <summary>A moving average and the sum of its squared weights, the paper's independent bounded condition.</summary>
    private readonly record struct Average(double Mean, double Independence, bool HasValues)
    {
        public static Average Empty => new(0, 1, false);
    }
}
