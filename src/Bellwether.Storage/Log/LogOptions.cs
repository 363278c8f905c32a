namespace Bellwether.Storage.Log;

/// <summary>How one node keeps its log. Read once, when the log is opened.</summary>
public sealed record LogOptions
{
    /// <summary>Name of this node in every row's position; must never be shared by two nodes.</summary>
    public string Node { get; init; } = "node-1";

    /// <summary>Size at which a journal file is closed and the next begun.</summary>
    public long JournalFileBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How often acknowledged rows move to the hot tables. Readers of the log move them before they read, so nobody waits for this;
    /// 300,000 rows cost 19 µs each in steps of half a second and 13 µs in steps of two, as fuller row groups are written.
    /// </summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rows that trigger a move before the interval is over: one row group of the hot tables.</summary>
    public int FlushRows { get; init; } = 122_880;

    /// <summary>Bytes that may wait for the hot tables; more is answered by <see cref="LogBusyException"/>.</summary>
    public long UnflushedBytesLimit { get; init; } = 256L << 20;

    /// <summary>Memory of the query engine, as DuckDB writes it.</summary>
    public string QueryMemory { get; init; } = "512MB";

    /// <summary>Threads of the query engine.</summary>
    public int QueryThreads { get; init; } = 2;

    /// <summary>
    /// How long rows stay hot after their day is over and after they arrived, before they are rolled into a Parquet file. Late rows wait as
    /// long, so that a file is written anew at most once in this time.
    /// </summary>
    public TimeSpan RollAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Event hours before the newest one whose ids are read again at start, so that a row sent again after a crash is known in whichever
    /// hour it comes: a day of allowed lateness and one hour.
    /// </summary>
    public int IdentityHours { get; init; } = 25;

    /// <summary>Ids held in memory over all models; beyond it, event hours that are old are dropped and read again when touched.</summary>
    public int IdentityLimit { get; init; } = 1_000_000;
}
