using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Rddm"/>.</summary>
/// <param name="WarningLevel">Standard deviations above the minimum that mean a warning; &gt; 0.</param>
/// <param name="DriftLevel">Standard deviations above the minimum that mean drift; at least the warning's.</param>
/// <param name="WarmUp">Values to see before any verdict; at least 1.</param>
/// <param name="LongestConcept">Values without a change after which the rate is computed afresh from the newest; at least 1.</param>
/// <param name="Memory">Newest values kept to compute the rate afresh; at least 1.</param>
/// <param name="LongestWarning">Values of warning in a row after which it counts as drift; at least 1.</param>
public sealed record RddmOptions(
    double WarningLevel = 1.773, double DriftLevel = 2.258, int WarmUp = 129, int LongestConcept = 40000, int Memory = 7000,
    int LongestWarning = 1400);

/// <summary>Reactive drift detection method: <see cref="Ddm"/> that forgets what is long past and does not warn for ever. O(1) a value, amortised.</summary>
/// <remarks>
/// Takes errors: 0 (right) and 1 (wrong). After a drift the rate is computed afresh from the values since the warning began, not from nothing;
/// so a drift's next value may cost a pass over at most <c>Memory</c> values. Its lower levels make it quicker than <see cref="Ddm"/>, with more
/// false alarms. Like the paper it alarms at the first error after a spotless start.
/// Reproduces tornado exactly, whose program follows the authors' in MOA; frouros repeats drift flags on consecutive values. River 0.19 has none.
/// Source: R. Barros, D. Cabral, P. Gonçalves, S. Santos, "RDDM: Reactive drift detection method", Expert Systems with Applications 90, 2017.
/// </remarks>
public sealed class Rddm : StreamDetector
{
    private readonly byte[] _memory;
    private int _first, _last, _stored, _warningAt;
    private long _count, _next, _warningSince;
    private double _rate, _deviation, _lowestRate, _lowestDeviation, _lowestSum;
    private bool _rebuild, _changed;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Rddm(RddmOptions? options = null)
        : base(ValueRange.Bits)
    {
        Options = options ?? new RddmOptions();
        OptionCheck.Positive(Options.WarningLevel);
        OptionCheck.Positive(Options.DriftLevel);
        if (Options.DriftLevel < Options.WarningLevel)
        {
            throw new ArgumentException($"Expected a drift level of at least the warning's {Options.WarningLevel}, got {Options.DriftLevel}.", nameof(options));
        }
        OptionCheck.AtLeast(Options.WarmUp, 1);
        OptionCheck.AtLeast(Options.LongestConcept, 1);
        OptionCheck.AtLeast(Options.Memory, 1);
        OptionCheck.AtLeast(Options.LongestWarning, 1);
        _memory = new byte[Options.Memory];
        Clear();
    }

    /// <summary>The options in force.</summary>
    public RddmOptions Options { get; }

    /// <summary>Share of errors in the concept since it was last computed afresh.</summary>
    public double ErrorRate => _rate;

    private protected override string Name => "rddm";

    private protected override DetectorState Take(double value)
    {
        if (_rebuild) { Rebuild(); }
        Remember((byte)value);
        AddToRate(value);
        _count++;
        if (_next <= Options.WarmUp) { return DetectorState.WarmingUp; }
        double sum = _rate + _deviation;
        if (sum < _lowestSum) { (_lowestRate, _lowestDeviation, _lowestSum) = (_rate, _deviation, sum); }
        if (sum > _lowestRate + Options.DriftLevel * _lowestDeviation)
        {
            // Without a warning before it, only this value belongs to the new concept.
            if (_warningSince < 0) { KeepOnlyNewest(); }
            return Change();
        }
        if (sum <= _lowestRate + Options.WarningLevel * _lowestDeviation)
        {
            (_warningSince, _warningAt) = (-1, -1);
            _rebuild = _next > Options.LongestConcept;
            return DetectorState.Stable;
        }
        if (_warningSince >= 0 && _warningSince + Options.LongestWarning <= _count)
        {
            KeepOnlyNewest();
            (_warningSince, _warningAt) = (-1, -1);
            return Change();
        }
        if (_warningSince < 0) { (_warningSince, _warningAt) = (_count, _last); }
        return DetectorState.Warning;
    }

    private DetectorState Change()
    {
        _changed = _rebuild = true;
        return DetectorState.Drift;
    }

    private void KeepOnlyNewest() => (_first, _stored) = (_last, 1);

    private void AddToRate(double value)
    {
        _rate += (value - _rate) / _next;
        _deviation = Math.Sqrt(_rate * (1 - _rate) / _next);
        _next++;
    }

    private void Remember(byte bit)
    {
        _last = (_last + 1) % _memory.Length;
        _memory[_last] = bit;
        if (_stored < _memory.Length)
        {
            _stored++;
            return;
        }
        _first = (_first + 1) % _memory.Length;
        if (_warningAt == _last) { _warningAt = -1; }
    }

    /// <summary>Computes the rate afresh: after a change from where the warning began, in an overlong concept from all that is kept.</summary>
    private void Rebuild()
    {
        ForgetRate();
        if (_changed) { ForgetLowest(); }
        if (_warningAt >= 0)
        {
            _first = _warningAt;
            _stored = _last - _first + 1;
            if (_stored <= 0) { _stored += _memory.Length; }
        }
        int at = _first;
        for (int i = 0; i < _stored; i++)
        {
            bool judged = _changed && _next > Options.WarmUp;
            AddToRate(_memory[at]);
            if (judged && _rate + _deviation < _lowestSum)
            {
                (_lowestRate, _lowestDeviation, _lowestSum) = (_rate, _deviation, _rate + _deviation);
            }
            at = (at + 1) % _memory.Length;
        }
        (_warningSince, _warningAt) = (-1, -1);
        _rebuild = _changed = false;
    }

    private void ForgetRate() => (_next, _rate, _deviation) = (1, 0, 0);

    private void ForgetLowest() => _lowestRate = _lowestDeviation = _lowestSum = double.PositiveInfinity;

    private protected override void Clear()
    {
        ForgetRate();
        ForgetLowest();
        Array.Clear(_memory);
        (_first, _last, _stored, _warningAt) = (0, -1, 0, -1);
        (_count, _warningSince) = (0, -1);
        _rebuild = _changed = false;
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Count(_memory.Length);
        // Only what is kept is written: from the first place on, in the ring's order.
        writer.Count(_stored);
        for (int i = 0; i < _stored; i++) { writer.Byte(_memory[(_first + i) % _memory.Length]); }
        foreach (long number in (ReadOnlySpan<long>)[_first, _last, _warningAt, _count, _next, _warningSince]) { writer.Integer(number); }
        writer.Doubles([_rate, _deviation, _lowestRate, _lowestDeviation, _lowestSum]);
        writer.Flag(_rebuild);
        writer.Flag(_changed);
    }

    private protected override void Read(ref ByteReader reader)
    {
        if (reader.Count() != _memory.Length) { throw new InvalidDataException($"Expected a memory of {_memory.Length} values."); }
        _stored = reader.Length();
        if (_stored > _memory.Length) { throw new InvalidDataException($"Expected at most {_memory.Length} values, got {_stored}."); }
        byte[] stored = new byte[_stored];
        for (int i = 0; i < _stored; i++) { stored[i] = reader.Flag() ? (byte)1 : (byte)0; }
        (_first, _last, _warningAt) = (Place(reader.Integer(), 0), Place(reader.Integer(), -1), Place(reader.Integer(), -1));
        (_count, _next, _warningSince) = (reader.Integer(), reader.Integer(), reader.Integer());
        for (int i = 0; i < _stored; i++) { _memory[(_first + i) % _memory.Length] = stored[i]; }
        (_rate, _deviation) = (reader.Double(), reader.Double());
        (_lowestRate, _lowestDeviation, _lowestSum) = (reader.Double(), reader.Double(), reader.Double());
        (_rebuild, _changed) = (reader.Flag(), reader.Flag());
    }

    private int Place(long place, int least) =>
        place >= least && place < _memory.Length ? (int)place : throw new InvalidDataException($"Expected a place in the memory, got {place}.");
}
