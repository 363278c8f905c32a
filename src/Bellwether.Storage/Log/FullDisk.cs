using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace Bellwether.Storage.Log;

/// <summary>Tells a full disk from other failures: each store below says it in its own words.</summary>
public static class FullDisk
{
    private const int NoSpaceLeft = 28; // ENOSPC, which .NET hands on as the HResult.
    private const int SqliteFull = 13; // SQLITE_FULL.

    /// <summary>Whether the failure, or one that led to it, is that no space is left.</summary>
    public static bool IsCauseOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            bool full = failure switch
            {
                IOException io => io.HResult == NoSpaceLeft,
                SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
                DuckDBException duck => duck.Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase), // It has no code for it.
                _ => false,
            };
            if (full) { return true; }
        }
        return false;
    }
}
