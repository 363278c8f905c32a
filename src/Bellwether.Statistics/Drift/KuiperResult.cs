namespace Bellwether.Statistics.Drift;

/// <summary>Result of a two-sample Kuiper test.</summary>
/// <param name="Statistic">V = max(F − G) + max(G − F), in (0, 1] or 0 when the samples have equal distribution functions.</param>
/// <param name="PValue">In [0, 1], from Stephens' λ; good from about eight values a sample on.</param>
/// <param name="Lambda">(√N + .155 + .24/√N)·V with the effective size N = n·m/(n + m): the statistic on the scale of its limiting law.</param>
public readonly record struct KuiperResult(double Statistic, double PValue, double Lambda);
