using System.Globalization;
using System.Numerics;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>What all detectors share: refusing values, spans, and state as bytes.</summary>
public abstract class StreamDetector : IStreamDetector
{
    private const byte FormatByte = 1;

    // Sums of squares of that many values as anyone will ever feed stay finite.
    private const double Largest = 1e100;
    private readonly ValueRange _range;
    private readonly double _low, _high;

    private protected StreamDetector(ValueRange range)
    {
        _range = range;
        _low = range == ValueRange.Finite ? -Largest : 0;
        _high = range == ValueRange.Finite ? Largest : 1;
    }

    /// <inheritdoc/>
    public DetectorState State { get; private protected set; }

    /// <summary>River's warning flag, which some of its detectors leave up beside the drift's; a state is one of the two.</summary>
    internal virtual bool HasWarningFlag => State == DetectorState.Warning;

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (!IsInRange(value)) { throw Refused(value, nameof(value)); }
        return State = Take(value);
    }

    /// <inheritdoc/>
    public DetectorState Update(ReadOnlySpan<double> values, Span<DetectorState> states = default)
    {
        if (!states.IsEmpty && states.Length < values.Length)
        {
            throw new ArgumentException($"Expected room for {values.Length} states, got {states.Length}.", nameof(states));
        }
        RequireInRange(values);
        if (values.IsEmpty) { return State; }
        var gravest = DetectorState.WarmingUp;
        for (int i = 0; i < values.Length; i++)
        {
            var state = Take(values[i]);
            State = state;
            if (state > gravest) { gravest = state; }
            if (!states.IsEmpty) { states[i] = state; }
        }
        return gravest;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        State = DetectorState.WarmingUp;
        Clear();
    }

    /// <inheritdoc/>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Text(Name);
        writer.Byte((byte)State);
        Write(writer);
        return writer.ToArray();
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        Reset();
        try
        {
            var reader = new ByteReader(bytes);
            reader.Format(FormatByte, "a stream detector");
            string name = reader.Text();
            if (name != Name) { throw new InvalidDataException($"Expected the state of {Name}, got that of {name}."); }
            byte state = reader.Byte();
            if (state > (byte)DetectorState.Drift) { throw new InvalidDataException($"Expected a detector's state, got {state}."); }
            Read(ref reader);
            reader.End();
            State = (DetectorState)state;
        }
        catch (InvalidDataException)
        {
            Reset();
            throw;
        }
    }

    /// <summary>Names the kind of state in the bytes; never changed.</summary>
    private protected abstract string Name { get; }

    /// <summary>Takes a value known to be in range and returns the state after it; <see cref="State"/> is still the one before.</summary>
    private protected abstract DetectorState Take(double value);

    private protected abstract void Clear();

    private protected abstract void Write(ByteWriter writer);

    private protected abstract void Read(ref ByteReader reader);

    /// <summary>Starts again when the value before meant drift: what follows a drift is judged by itself.</summary>
    private protected void RestartAfterDrift()
    {
        if (State == DetectorState.Drift) { Reset(); }
    }

    // One comparison chain also refuses NaN, which compares false with anything.
    private bool IsInRange(double value) => value >= _low && value <= _high && (_range != ValueRange.Bits || value is 0 or 1);

    private void RequireInRange(ReadOnlySpan<double> values)
    {
        int at = 0;
        Vector<double> low = new(_low), high = new(_high);
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var some = new Vector<double>(values[at..]);
            // Only 0 and 1 are their own squares.
            bool good = Vector.GreaterThanOrEqualAll(some, low) && Vector.LessThanOrEqualAll(some, high)
                && (_range != ValueRange.Bits || Vector.EqualsAll(some * some, some));
            if (!good) { break; }
        }
        foreach (double value in values[at..])
        {
            if (!IsInRange(value)) { throw Refused(value, nameof(values)); }
        }
    }

    private ArgumentException Refused(double value, string parameter) => new(
        string.Create(CultureInfo.InvariantCulture, $"Expected {_range switch
        {
            ValueRange.Finite => "a finite number of magnitude at most 1e100",
            ValueRange.UnitInterval => "a number in [0, 1]",
            _ => "0 (right) or 1 (wrong)",
        }}, got {value:R}."), parameter);
}
