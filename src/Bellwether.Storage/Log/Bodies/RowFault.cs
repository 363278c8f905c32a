using Bellwether.Monitoring.Log;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Checks that JSON, CSV and Parquet rows share; each gives the reason for a refusal, or null.</summary>
internal static class RowFault
{
    public static string? OfId(ReadOnlySpan<byte> id) =>
        id.IsEmpty ? "id: needed, a text of 1 to 256 bytes"
        : id.Length > IngestLimits.NameBytes ? $"id: {id.Length} bytes long; {IngestLimits.NameBytes} at most"
        : id.Contains((byte)0) ? "id: contains a NUL character"
        : null;

    public static string? OfTime(string path, long micros, long arrival) =>
        micros > arrival + IngestLimits.ClockSkew.Ticks / TimeSpan.TicksPerMicrosecond
            ? $"{path}: {Show(micros)} lies more than 10 minutes after its arrival at {Show(arrival)}; is the sender's clock right?"
        : micros < IngestLimits.Earliest.ToMicroseconds()
            ? $"{path}: {Show(micros)} lies before 1970-01-02; is its unit right?"
        : null;

    public static string? OfScore(double score) =>
        score is >= 0 and <= 1 ? null : $"score: {score:R} is no probability in [0, 1]";

    public static string? OfLatency(double seconds) =>
        double.IsFinite(seconds) && seconds >= 0 ? null : $"latencySeconds: {seconds:R} is no duration of 0 s or more";

    public static string? OfName(string path, ReadOnlySpan<byte> name, int limit = IngestLimits.NameBytes) =>
        name.Length > limit ? $"{path}: {name.Length} bytes long; {limit} at most" : null;

    public static string? OfText(string path, int length) =>
        length > IngestLimits.TextBytes ? $"{path}: a text of {length} bytes; {IngestLimits.TextBytes} at most" : null;

    public static string TooManyFeatures(string path) => $"{path}: the model already has {IngestLimits.Features} features, the most it may";

    public const string NotATime = "an RFC 3339 time with offset such as 2026-07-01T12:00:00Z is needed";

    private static string Show(long micros) => Contracts.UtcInstantConverter.Format(
        Instants.FromMicroseconds(Math.Clamp(micros, DateTimeOffset.MinValue.ToMicroseconds(), DateTimeOffset.MaxValue.ToMicroseconds())));
}
