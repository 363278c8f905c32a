namespace Bellwether.Statistics.Drift;

/// <summary>The terms that divergences are sums of.</summary>
internal static class Entropy
{
    /// <summary>p·log(p/q): 0 where p is 0, whatever q; +∞ where only q is 0.</summary>
    public static double RelativeTerm(double p, double q, LogarithmBase unit) =>
        p == 0 ? 0 : p * (unit == LogarithmBase.Bits ? Math.Log2(p / q) : Math.Log(p / q));
}
