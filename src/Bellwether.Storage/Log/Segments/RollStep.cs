namespace Bellwether.Storage.Log.Segments;

/// <summary>The points of a roll after which the disk holds something new, in their order. A crash at any of them leaves the old rows or the new file in force.</summary>
internal enum RollStep
{
    /// <summary>A file is on disk under its unfinished name.</summary>
    Written,
    /// <summary>A file has its name, and nothing speaks of it.</summary>
    Named,
    /// <summary>The manifest names the files and retires the tables: from here on the files are in force.</summary>
    Listed,
    /// <summary>Retired tables and replaced files are gone.</summary>
    Cleared,
}
