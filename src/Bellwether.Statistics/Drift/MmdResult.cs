namespace Bellwether.Statistics.Drift;

/// <summary>A test by maximum mean discrepancy.</summary>
/// <param name="Squared">The estimate of the squared discrepancy, unbiased: at most 2, about 0 without a difference.</param>
/// <param name="PValue">In (0, 1]; NaN when nothing can be told.</param>
public readonly record struct MmdResult(double Squared, double PValue);
