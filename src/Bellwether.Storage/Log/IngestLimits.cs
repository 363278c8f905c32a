namespace Bellwether.Storage.Log;

/// <summary>What a request and a row may hold.</summary>
public static class IngestLimits
{
    /// <summary>Rows of a JSON body.</summary>
    public const int JsonRows = 10_000;

    /// <summary>Bytes of a JSON body.</summary>
    public const int JsonBytes = 16 << 20;

    /// <summary>Rows of a CSV or Parquet body.</summary>
    public const int TableRows = 200_000;

    /// <summary>Bytes of a CSV or Parquet body.</summary>
    public const int TableBytes = 64 << 20;

    /// <summary>Bytes that the rows of one request may take once parsed; wide rows with few values can need more than their body.</summary>
    public const int ParsedBytes = 256 << 20;

    /// <summary>UTF-8 bytes of an id, a feature's name, a version, a unit and other names.</summary>
    public const int NameBytes = 256;

    /// <summary>UTF-8 bytes of an error kind.</summary>
    public const int ErrorBytes = 64;

    /// <summary>UTF-8 bytes of a text value.</summary>
    public const int TextBytes = 64 << 10;

    /// <summary>Features of one model.</summary>
    public const int Features = 2_000;

    /// <summary>How far event time may run ahead of arrival.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>The first event time taken, 1970-01-02: what lies before is a clock or a unit gone wrong.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch.AddDays(1);
}
