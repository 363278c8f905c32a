using System.Numerics;

namespace Bellwether.Statistics.Drift;

/// <summary>A histogram's proportions, with its rule for empty bins applied one bin at a time, so that nothing is allocated.</summary>
internal readonly struct Shares
{
    /// <summary>What a share below it, or zero, counts as under most rules.</summary>
    private const double Floor = 1e-4;

    private readonly double _mass;
    private readonly double _zero;
    private readonly double _least;

    private Shares(double mass, double zero, double least)
    {
        _mass = mass;
        _zero = zero;
        _least = least;
    }

    public static Shares Of<T>(ReadOnlySpan<T> weights, double mass, EmptyBins rule)
        where T : struct, INumber<T>
    {
        double zero = rule switch
        {
            EmptyBins.AsTheyAre => 0,
            EmptyBins.SmallestNumber => 2.2250738585072014e-308,
            EmptyBins.BelowTheLeast => BelowTheLeast(weights, mass),
            _ => Floor,
        };
        return new Shares(mass, zero, rule == EmptyBins.RaiseToFloor ? Floor : 0);
    }

    /// <summary>The share of one bin under the rule.</summary>
    public double At(double weight)
    {
        double share = weight / _mass;
        return share == 0 ? _zero : Math.Max(share, _least);
    }

    private static double BelowTheLeast<T>(ReadOnlySpan<T> weights, double mass)
        where T : struct, INumber<T>
    {
        double least = double.PositiveInfinity;
        foreach (var item in weights)
        {
            double share = double.CreateChecked(item) / mass;
            if (share > 0) { least = Math.Min(least, share); }
        }
        return least <= Floor ? least / 1e6 : Floor;
    }
}
