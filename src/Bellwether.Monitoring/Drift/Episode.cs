namespace Bellwether.Monitoring.Drift;

/// <summary>A stream's time outside its tolerance.</summary>
/// <param name="OpenedAt">End of the window that opened it.</param>
/// <param name="Announced">Size announced, in radians of angle; only real growth is news.</param>
public sealed record Episode(DateTimeOffset OpenedAt, DateTimeOffset Since, double Announced);
