namespace Bellwether.Statistics.Detectors;

/// <summary>Watches a stream one value at a time and says when it has changed.</summary>
/// <remarks>
/// Deterministic: equal options and equal values give equal states on every machine. Takes no memory per value. Not thread-safe.
/// After <see cref="DetectorState.Drift"/> the caller need do nothing: the detector starts again by itself with the next value
/// (<see cref="Adwin"/> and <see cref="Rddm"/> keep the recent values, as their papers say).
/// </remarks>
public interface IStreamDetector
{
    /// <summary>What was said after the last value; <see cref="DetectorState.WarmingUp"/> before the first.</summary>
    DetectorState State { get; }

    /// <summary>Takes the next value of the stream.</summary>
    /// <param name="value">Within what the detector says it takes: any number of magnitude at most 1e100, [0, 1], or 0 and 1 only.</param>
    /// <returns>The state after it.</returns>
    /// <exception cref="ArgumentException">The value is NaN, infinite or outside the detector's range. The detector is unchanged.</exception>
    DetectorState Update(double value);

    /// <summary>Takes values in their order, exactly as one call a value would.</summary>
    /// <param name="values">Any number of values, also none.</param>
    /// <param name="states">
    /// Empty, or at least as long as <paramref name="values"/>: receives the state after each value, so that the indices of the changes are those
    /// of <see cref="DetectorState.Drift"/>.
    /// </param>
    /// <returns>The gravest of these states; for no values, <see cref="State"/>.</returns>
    /// <exception cref="ArgumentException">A value is refused, or <paramref name="states"/> is too short. No value was taken then.</exception>
    DetectorState Update(ReadOnlySpan<double> values, Span<DetectorState> states = default);

    /// <summary>Forgets everything seen; the options stay.</summary>
    void Reset();

    /// <summary>All that the detector remembers, without its options: a format byte, the detector's name, its numbers.</summary>
    byte[] ToBytes();

    /// <summary>Goes on from where another detector with equal options was: further states are the same, bit by bit.</summary>
    /// <param name="bytes">Of <see cref="ToBytes"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or of another detector or window size. The detector is reset then.</exception>
    void Restore(ReadOnlySpan<byte> bytes);
}
