namespace Bellwether.Statistics.Drift;

/// <summary>The component with the most evidence: what moved, which way, since when.</summary>
/// <param name="Event">Index of the event.</param>
/// <param name="Side">+1 when its rate rose, −1 when it fell.</param>
/// <param name="SinceWindow">Ordinal of the last window after which the component stood below one increment of the clock.</param>
public readonly record struct TedLead(int Event, int Side, long SinceWindow);
