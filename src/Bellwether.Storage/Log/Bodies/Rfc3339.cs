namespace Bellwether.Storage.Log.Bodies;

/// <summary>Times as RFC 3339 writes them: <c>2026-07-01T12:00:00.25+02:00</c>.</summary>
internal static class Rfc3339
{
    /// <summary>Reads a time down to the microsecond (what is finer is cut off); the offset may be absent.</summary>
    /// <param name="text">UTF-8; the letter T may be small or a space; the time of day may be absent where no offset follows.</param>
    /// <param name="micros">Unix microseconds: of the instant when it has an offset, else of its clock reading taken as UTC.</param>
    /// <param name="hasOffset">Whether the text names its offset.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros, out bool hasOffset)
    {
        (micros, hasOffset) = (0, false);
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out int year) || !Digits(text.Slice(5, 2), out int month) || !Digits(text.Slice(8, 2), out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) { return false; }
        long date = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        if (text.Length == 10)
        {
            micros = date;
            return true;
        }
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text.Length < 16 || text[13] != ':'
            || !Digits(text.Slice(11, 2), out int hour) || !Digits(text.Slice(14, 2), out int minute) || hour > 23 || minute > 59) { return false; }
        int at = 16, second = 0;
        long fraction = 0;
        if (at < text.Length && text[at] == ':')
        {
            if (text.Length < 19 || !Digits(text.Slice(17, 2), out second) || second > 59) { return false; }
            at = 19;
            if (at < text.Length && text[at] is (byte)'.' or (byte)',' && !Fraction(text, ref at, out fraction)) { return false; }
        }
        micros = date + ((hour * 60L + minute) * 60 + second) * Microseconds.Second + fraction;
        if (at == text.Length) { return true; }
        if (!Offset(text[at..], out int offsetMinutes)) { return false; }
        micros -= offsetMinutes * 60 * Microseconds.Second;
        hasOffset = true;
        return true;
    }

    private static bool Fraction(ReadOnlySpan<byte> text, ref int at, out long micros)
    {
        int first = ++at;
        (micros, long unit) = (0, Microseconds.Second);
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            unit /= 10;
            micros += (text[at++] - '0') * unit;
        }
        return at > first;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z']) { return true; }
        if (text.Length is not (6 or 5 or 3) || text[0] is not ((byte)'+' or (byte)'-') || text.Length == 6 && text[3] != ':') { return false; }
        if (!Digits(text.Slice(1, 2), out int hours) || hours > 23) { return false; }
        int rest = 0;
        if (text.Length > 3 && (!Digits(text[^2..], out rest) || rest > 59)) { return false; }
        minutes = (hours * 60 + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (b is < (byte)'0' or > (byte)'9') { return false; }
            value = value * 10 + (b - '0');
        }
        return true;
    }
}
