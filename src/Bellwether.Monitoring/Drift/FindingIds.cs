using System.Security.Cryptography;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Drift;

/// <summary>Ids of findings and alerts: digests of what they describe, so that a replay gives the same.</summary>
public static class FindingIds
{
    /// <summary>First 16 hex digits of SHA-256 over (model, method, column, no segment, no version, window start, kind).</summary>
    public static string Of(ModelKey model, string method, string column, DateTimeOffset windowStart, string kind) =>
        Digest($"{model}\n{method}\n{column}\n\n\n{windowStart.ToMicroseconds()}\n{kind}");

    /// <summary>First 16 hex digits of SHA-256 over a text.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
