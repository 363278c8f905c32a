namespace Bellwether.Statistics.Drift;

/// <summary>Result of an Anderson–Darling test; both NaN where it cannot tell.</summary>
/// <param name="Statistic">Standardised: mean 0 and variance 1 when the samples have one distribution; large when they differ.</param>
/// <param name="PValue">
/// Interpolated between tabulated points, and held inside [.001, .25] where the table ends: .25 means "at least .25", .001 "at most .001".
/// </param>
public readonly record struct AndersonDarlingResult(double Statistic, double PValue);
