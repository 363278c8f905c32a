namespace Bellwether.Server.Demo;

/// <summary>What the simulated service is like.</summary>
/// <param name="Seed">Draws the drifted features and every row; the same seed and hour give the same rows.</param>
/// <param name="HasDrift">False leaves the service undisturbed.</param>
/// <param name="Now">End of the six weeks of history.</param>
public sealed record DemoOptions(ulong Seed, bool HasDrift, DateTimeOffset Now)
{
    public static readonly TimeSpan History = TimeSpan.FromDays(42);

    public static readonly TimeSpan ReferenceSpan = TimeSpan.FromDays(28);

    /// <summary>First row: six weeks before the current hour.</summary>
    public DateTimeOffset Start => HourOf(Now) - History;

    /// <summary>End of the reference, start of what is watched.</summary>
    public DateTimeOffset ReferenceEnd => Start + ReferenceSpan;

    /// <summary>Start of the hour that holds an instant.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset instant) => new(instant.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
