namespace Bellwether.Server.Demo;

/// <summary>The standard normal distribution, as far as a simulation needs it.</summary>
internal static class Normal
{
    /// <summary>Cumulative probability within 7.5e-8. Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17.</summary>
    public static double Cumulative(double z)
    {
        double t = 1 / (1 + .2316419 * Math.Abs(z));
        double tail = Math.Exp(-z * z / 2) * .3989422804014327
            * t * (.319381530 + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}
