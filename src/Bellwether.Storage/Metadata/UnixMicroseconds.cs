using Bellwether.Monitoring.Log;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bellwether.Storage.Metadata;

/// <summary>Instants as Unix microseconds: the one form that SQLite and PostgreSQL both compare and sort.</summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(instant => instant.ToMicroseconds(), value => Instants.FromMicroseconds(value));
