using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bellwether.Storage.Metadata;

/// <summary>Instants as Unix microseconds: the one form that SQLite and PostgreSQL both compare and sort.</summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(instant => Of(instant), value => Instant(value))
{
    public static long Of(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Instant(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
