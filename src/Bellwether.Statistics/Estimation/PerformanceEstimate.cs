namespace Bellwether.Statistics.Estimation;

/// <summary>A measure estimated without outcomes.</summary>
/// <param name="Value">The measure; NaN when the rows cannot tell.</param>
/// <param name="SamplingError">Standard error of the measure realised on as many rows, about its expectation; NaN when the reference cannot tell.</param>
/// <param name="Low">Value less three sampling errors, within the measure's range.</param>
/// <param name="High">Value and three sampling errors, within the measure's range.</param>
public readonly record struct PerformanceEstimate(double Value, double SamplingError, double Low, double High)
{
    internal static PerformanceEstimate Of(double value, double samplingError, double lowest, double highest) =>
        new(value, samplingError, Math.Max(lowest, value - 3 * samplingError), Math.Min(highest, value + 3 * samplingError));
}
