using System.Globalization;

namespace Bellwether.Monitoring.Drift;

/// <summary>Instants as sentences say them.</summary>
public static class SinceText
{
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
