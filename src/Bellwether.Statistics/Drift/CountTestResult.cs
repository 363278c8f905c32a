namespace Bellwether.Statistics.Drift;

/// <summary>A test of counts against the chi-square distribution.</summary>
/// <param name="Statistic">At least 0; +∞ when a category occurs that cannot; NaN when nothing can be told.</param>
/// <param name="PValue">The chance of a statistic at least so large without a difference, in [0, 1]; NaN when nothing can be told.</param>
/// <param name="DegreesOfFreedom">Of the chi-square distribution: the number of categories less one.</param>
public sealed record CountTestResult(double Statistic, double PValue, int DegreesOfFreedom);
