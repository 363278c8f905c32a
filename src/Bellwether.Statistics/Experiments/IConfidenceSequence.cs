namespace Bellwether.Statistics.Experiments;

/// <summary>Intervals for a mean that hold at all times at once: whoever looks after every value and stops when he likes is still covered.</summary>
public interface IConfidenceSequence
{
    /// <summary>Values so far.</summary>
    long Count { get; }

    /// <summary>The mean so far, with the interval that now holds.</summary>
    ConfidenceInterval Interval { get; }

    /// <summary>Adds a value. O(1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite or outside its bounds; it then does not count.</exception>
    ConfidenceInterval Update(double value);

    /// <summary>Options and state.</summary>
    byte[] ToBytes();
}
