namespace Bellwether.Statistics.Drift;

/// <summary>The base of the logarithm in a divergence, and so its unit. Tools differ: state it beside the figure.</summary>
public enum LogarithmBase
{
    /// <summary>Base 2: the Jensen–Shannon distance lies in [0, 1].</summary>
    Bits,

    /// <summary>Base e: the Jensen–Shannon distance lies in [0, √ln 2 = 0.8326].</summary>
    Nats,
}
