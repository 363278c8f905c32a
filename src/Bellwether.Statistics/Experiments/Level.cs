namespace Bellwether.Statistics.Experiments;

/// <summary>Conditions that options of this folder share.</summary>
internal static class Level
{
    public static void Require(double alpha)
    {
        if (alpha is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a level in (0, 1)."); }
    }

    public static void RequirePositive(double value, string name)
    {
        if (!(double.IsFinite(value) && value > 0)) { throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0."); }
    }

    public static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value)) { throw new ArgumentOutOfRangeException(name, value, "Expected a finite number."); }
    }

    /// <summary>Refuses states that no sequence of updates leaves behind.</summary>
    public static void RequireState(bool holds, string what)
    {
        if (!holds) { throw new InvalidDataException($"The state of {what} is damaged."); }
    }
}
