using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Eddm"/>.</summary>
/// <param name="WarningShare">Share of the longest distance below which to warn (the paper's α), in (0, 1].</param>
/// <param name="DriftShare">Share below which the stream has drifted (the paper's β), in (0, 1], at most the warning's.</param>
/// <param name="WarmUp">Errors to see before any verdict, at least 2; River's verdicts start with the error after.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record EddmOptions(
    double WarningShare = 0.95, double DriftShare = 0.9, int WarmUp = 30, Compatibility Compatibility = Compatibility.Paper);

/// <summary>Early drift detection method: errors that come closer together than they once did. O(1) a value.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). The verdict changes only with an error and stands until the next. Sees slow rises of the error rate
/// early, at the price of false alarms: nothing bounds them, and on stationary streams some are the rule; where they cost, prefer
/// <see cref="HddmW"/> or <see cref="EcddWt"/>.
/// A distance is between two errors, so the first error gives none; the maximum of mean plus two sample deviations is taken from the warm-up on,
/// as a maximum over a handful of distances would be all noise. River differs: it counts the stretch before the first error, tracks the
/// maximum from the value (not error) number <c>WarmUp + 1</c> on, and leaves a warning standing when a new maximum is set.
/// Source: M. Baena-García et al., "Early drift detection method", IWKDDS 2006.
/// </remarks>
public sealed class Eddm : StreamDetector
{
    private readonly bool _river;
    private long _count, _lastError, _errors;
    private RunningMean _distance;
    private double _squares, _longest;
    private bool _warning;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Eddm(EddmOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new EddmOptions();
        OptionCheck.Weight(Options.WarningShare);
        OptionCheck.Weight(Options.DriftShare);
        if (Options.DriftShare > Options.WarningShare)
        {
            throw new ArgumentException($"Expected a drift share of at most the warning's {Options.WarningShare}, got {Options.DriftShare}.", nameof(options));
        }
        OptionCheck.AtLeast(Options.WarmUp, 2);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        _river = Options.Compatibility == Compatibility.River;
        Clear();
    }

    /// <summary>The options in force.</summary>
    public EddmOptions Options { get; }

    /// <summary>Mean distance between errors, in values; 0 before there is one.</summary>
    public double MeanDistance => _distance.Value;

    internal override bool HasWarningFlag => _warning;

    private protected override string Name => "eddm";

    private protected override DetectorState Take(double value)
    {
        RestartAfterDrift();
        _count++;
        if (value == 0) { return State; }
        _errors++;
        if (_river || _errors > 1) { AddDistance(_count - _lastError); }
        _lastError = _count;
        return _river ? RiverVerdict() : Verdict();
    }

    private DetectorState Verdict()
    {
        if (_errors < Options.WarmUp) { return DetectorState.WarmingUp; }
        double reach = Reach();
        _longest = Math.Max(_longest, reach);
        double share = reach / _longest;
        _warning = share < Options.WarningShare && share >= Options.DriftShare;
        return share < Options.DriftShare ? DetectorState.Drift : _warning ? DetectorState.Warning : DetectorState.Stable;
    }

    private DetectorState RiverVerdict()
    {
        bool tested = _errors > Options.WarmUp;
        if (_count > Options.WarmUp)
        {
            double reach = Reach();
            if (reach > _longest)
            {
                _longest = reach;
            }
            else if (tested)
            {
                double share = reach / _longest;
                if (share < Options.DriftShare) { return DetectorState.Drift; }
                _warning = share < Options.WarningShare;
            }
        }
        return _warning ? DetectorState.Warning : tested ? DetectorState.Stable : DetectorState.WarmingUp;
    }

    private double Reach() => _distance.Value + 2 * Math.Sqrt(_distance.Count > 1 ? _squares / (_distance.Count - 1) : 0);

    private void AddDistance(double distance)
    {
        double before = _distance.Value;
        _distance.Add(distance);
        _squares += (distance - before) * (distance - _distance.Value);
    }

    private protected override void Clear()
    {
        _count = _lastError = _errors = 0;
        _distance = default;
        _squares = 0;
        _longest = -1;
        _warning = false;
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_count);
        writer.Count(_lastError);
        writer.Count(_errors);
        _distance.Write(writer);
        writer.Doubles([_squares, _longest]);
        writer.Flag(_warning);
    }

    private protected override void Read(ref ByteReader reader)
    {
        (_count, _lastError, _errors) = (reader.Count(), reader.Count(), reader.Count());
        _distance = RunningMean.Read(ref reader);
        (_squares, _longest, _warning) = (reader.Double(), reader.Double(), reader.Flag());
    }
}
