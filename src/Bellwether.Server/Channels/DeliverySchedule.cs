namespace Bellwether.Server.Channels;

/// <summary>When a notification is tried again: after 2, 4, 8 … seconds, an hour at most, for a day.</summary>
internal static class DeliverySchedule
{
    /// <summary>How long a notification is worth sending.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The pause before the next try, between 75 % and 125 % of its nominal length, so that many do not come back at once.</summary>
    /// <param name="attempts">Tries so far; at least 1.</param>
    /// <param name="seed">What is sent; the same one has the same pauses.</param>
    public static TimeSpan Pause(int attempts, long seed)
    {
        double nominal = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(attempts, 30)));
        // A multiplicative hash spreads neighbouring outbox rows over the whole band.
        ulong hash = unchecked(((ulong)seed * 0x9E3779B97F4A7C15UL) + ((ulong)attempts * 0xBF58476D1CE4E5B9UL));
        double share = (hash >> 11) / (double)(1UL << 53);
        return TimeSpan.FromSeconds(nominal * (0.75 + (0.5 * share)));
    }
}
