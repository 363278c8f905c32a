namespace Bellwether.Statistics.Drift;

/// <summary>Result of a t test; all NaN where it cannot tell.</summary>
/// <param name="Statistic">Mean of the reference less mean of the current values, in standard errors; infinite for two different constants.</param>
/// <param name="PValue">In [0, 1].</param>
/// <param name="DegreesOfFreedom">Of the t law; estimated, so not whole, in Welch's test.</param>
public readonly record struct TTestResult(double Statistic, double PValue, double DegreesOfFreedom);
