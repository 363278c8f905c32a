using Bellwether.Contracts;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Evaluation;

/// <summary>Which windows some hours of the log fall into.</summary>
internal static class WindowRuns
{
    /// <summary>A fortnight of hours, so that no read grows without bound.</summary>
    private const int Longest = 336;

    /// <summary>Runs of neighbouring windows that hold any of the hours and end at or before an instant, ascending.</summary>
    /// <param name="hours">Starts in Unix microseconds.</param>
    public static IEnumerable<(long First, long Last)> Of(WindowGrid grid, IReadOnlyList<long> hours, DateTimeOffset through)
    {
        var ordinals = new SortedSet<long>();
        foreach (long hour in hours)
        {
            long last = grid.OrdinalOf(Instants.FromMicroseconds(hour).AddHours(1).AddTicks(-1));
            for (long o = grid.OrdinalOf(Instants.FromMicroseconds(hour)); o <= last; o++)
            {
                if (grid.At(o).End <= through) { ordinals.Add(o); }
            }
        }
        return Runs(ordinals);
    }

    private static IEnumerable<(long First, long Last)> Runs(SortedSet<long> ordinals)
    {
        long? first = null;
        long last = 0;
        foreach (long ordinal in ordinals)
        {
            if (first is { } f && (ordinal != last + 1 || ordinal - f >= Longest))
            {
                yield return (f, last);
                first = ordinal;
            }
            first ??= ordinal;
            last = ordinal;
        }
        if (first is { } begun) { yield return (begun, last); }
    }
}
