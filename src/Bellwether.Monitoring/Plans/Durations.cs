using System.Globalization;

namespace Bellwether.Monitoring.Plans;

/// <summary>Durations as users write them: <c>250ms</c>, <c>30s</c>, <c>15m</c>, <c>1h</c>, <c>7d</c>.</summary>
public static class Durations
{
    /// <summary>Reads a positive duration of at most 400 days.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrWhiteSpace(text)) { return false; }
        text = text.Trim();
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) { digits++; }
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount)) { return false; }
        double? seconds = text[digits..].Trim() switch
        {
            "ms" => amount / 1000,
            "s" => amount,
            "m" or "min" => amount * 60,
            "h" => amount * 3600,
            "d" => amount * 86400,
            _ => null,
        };
        if (seconds is not { } s || s <= 0 || s > 400 * 86400.0) { return false; }
        duration = TimeSpan.FromMicroseconds(Math.Round(s * 1e6));
        return true;
    }

    /// <summary>As a user would write it, in the largest unit that divides it.</summary>
    public static string Text(TimeSpan duration) => duration switch
    {
        _ when duration.Ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalDays}d"),
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours}h"),
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s"),
    };
}
