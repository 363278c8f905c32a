using System.Collections.Immutable;

namespace Bellwether.Statistics.Drift;

/// <summary>How one column is watched.</summary>
/// <param name="AlarmLimit">Evidence that is an alarm, in the units of the clock passed to <see cref="TedDetector.Step"/>: years between false alarms; positive.</param>
/// <param name="Tolerances">Tolerated angle of each level, ascending; by default .10 (warning), .25 (major), .50 (critical).</param>
/// <param name="FastLane">Whether to use the lane that foretells the wobble, where the reference allows it.</param>
/// <param name="WindowsPerDay">At least 1; 1 for daily and longer windows.</param>
public sealed record TedOptions(double AlarmLimit, ImmutableArray<double> Tolerances, bool FastLane, int WindowsPerDay)
{
    /// <summary>Tolerances of warning, major and critical.</summary>
    public static ImmutableArray<double> DefaultTolerances { get; } = [.10, .25, .50];
}
