namespace Bellwether.Statistics.Drift;

/// <summary>One periodic influence on event rates, such as the hour of the day.</summary>
/// <param name="Name"><c>hour</c>, <c>day</c> or <c>both</c>.</param>
/// <param name="Groups">Number of groups; keys run from 0 to <c>Groups − 1</c>.</param>
/// <param name="UnitWindows">Windows that one observation of the factor spans; at least 1.</param>
public sealed record RhythmFactor(string Name, int Groups, int UnitWindows);
