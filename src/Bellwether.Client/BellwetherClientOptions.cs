namespace Bellwether.Client;

/// <summary>How a client talks to its server.</summary>
public sealed record BellwetherClientOptions
{
    /// <summary>Time for one attempt of one request, from sending to the last byte of the answer; 100 s by default, more than 0.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Attempts of one request, the first included; 6 by default, at least 1.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Wait before the second attempt, doubled before each further one and shortened by up to half by chance; 200 ms by default.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two attempts, a server's <c>Retry-After</c> included; 15 s by default.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Rows sent in one request; 5,000 by default, 1 to 50,000.</summary>
    public int BatchRows { get; init; } = 5000;

    /// <summary>Draws the jitter, so that clients refused together do not come back together; the process's id by default.</summary>
    public ulong JitterSeed { get; init; } = (ulong)Environment.ProcessId;

    internal BellwetherClientOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AttemptTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchRows, 50_000);
        return this;
    }
}
