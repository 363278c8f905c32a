using System.Collections.Immutable;

namespace Bellwether.Statistics.Drift;

/// <summary>Which periodic influences are fitted for windows of a length, and where a window stands in each.</summary>
/// <remarks>Local time is the model's. On a daylight-saving change the clock hour counts.</remarks>
public static class Rhythm
{
    private const int Weekend = 5;
    private const int Holiday = 7;

    /// <summary>Factors in the order in which they are fitted.</summary>
    /// <param name="window">Length of a window; positive.</param>
    /// <returns>
    /// Shorter than a day: <c>hour</c> (24 groups), <c>day</c> (Monday 0 … Sunday 6, configured holiday 7) and <c>both</c> (hour of a
    /// working day, hour of a weekend day: 48). A day: <c>day</c>. Longer: none.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public static ImmutableArray<RhythmFactor> For(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        if (window > TimeSpan.FromDays(1)) { return []; }
        var day = new RhythmFactor("day", 8, WindowsPerDay(window));
        return window == TimeSpan.FromDays(1)
            ? [day]
            : [new RhythmFactor("hour", 24, 1), day, new RhythmFactor("both", 48, 1)];
    }

    /// <summary>Writes a window's group in each factor.</summary>
    /// <param name="factors">Factors made by <see cref="For"/>.</param>
    /// <param name="localStart">Start of the window in the model's local time.</param>
    /// <param name="holiday">Whether that local day is a configured holiday.</param>
    /// <param name="keys">One key for each factor, in their order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a factor is unknown.</exception>
    public static void Keys(ImmutableArray<RhythmFactor> factors, DateTime localStart, bool holiday, Span<int> keys)
    {
        if (keys.Length != factors.Length)
        {
            throw new ArgumentException($"Expected {factors.Length} keys, got {keys.Length}.", nameof(keys));
        }
        int day = holiday ? Holiday : ((int)localStart.DayOfWeek + 6) % 7;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = factors[i].Name switch
            {
                "hour" => localStart.Hour,
                "day" => day,
                "both" => localStart.Hour + (day >= Weekend ? 24 : 0),
                var name => throw new ArgumentException($"Unknown factor '{name}'.", nameof(factors)),
            };
        }
    }

    /// <summary>Whole windows in a day; 1 for windows of a day or longer.</summary>
    /// <param name="window">Length of a window; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public static int WindowsPerDay(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return (int)Math.Clamp(TimeSpan.TicksPerDay / window.Ticks, 1, int.MaxValue);
    }
}
