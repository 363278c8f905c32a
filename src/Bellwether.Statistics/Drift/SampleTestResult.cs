namespace Bellwether.Statistics.Drift;

/// <summary>A test's statistic and its p-value; both NaN where the test says it cannot tell.</summary>
/// <param name="Statistic">In the units and with the sign that the test documents.</param>
/// <param name="PValue">In [0, 1]: how often samples of one distribution would show a statistic at least this far in the direction asked for.</param>
public readonly record struct SampleTestResult(double Statistic, double PValue);
