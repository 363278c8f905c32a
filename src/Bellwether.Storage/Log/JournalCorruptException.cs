namespace Bellwether.Storage.Log;

/// <summary>A journal file is damaged where only whole records may be; starting would lose acknowledged rows.</summary>
public sealed class JournalCorruptException(string file, long offset, string message)
    : Exception($"{file}, byte {offset}: {message} Restore the file from a backup, or move it away to go on without its rows.")
{
    /// <summary>The damaged file.</summary>
    public string File { get; } = file;

    /// <summary>Where the first bad record begins.</summary>
    public long Offset { get; } = offset;
}
