namespace Bellwether.Storage.Log;

/// <summary>Rows arrive faster than they can be stored; nothing of this request was. The caller answers 503 with Retry-After.</summary>
public sealed class LogBusyException(TimeSpan retryAfter)
    : Exception($"More rows wait to be stored than memory allows; send this again in {retryAfter.TotalSeconds:0} s.")
{
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
