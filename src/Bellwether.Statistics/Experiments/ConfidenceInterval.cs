namespace Bellwether.Statistics.Experiments;

/// <summary>An estimate with the interval around it.</summary>
/// <param name="Value">The estimate; NaN where there is none yet.</param>
/// <param name="Low">Lower end; −∞ where nothing is known.</param>
/// <param name="High">Upper end; +∞ where nothing is known.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High)
{
    /// <summary>Whether a number lies in the interval, ends included.</summary>
    public bool Contains(double number) => Low <= number && number <= High;
}
