namespace Bellwether.Storage.Log;

/// <summary>The folder of one node's log, held by one process at a time.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly FileStream _lock;

    private LogFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string Schemas => System.IO.Path.Combine(Path, "schemas");

    public string Segments => System.IO.Path.Combine(Path, "segments");

    public string Temporary => System.IO.Path.Combine(Path, "tmp");

    public string HotFile => System.IO.Path.Combine(Path, "hot.duckdb");

    /// <exception cref="DataFolderBusyException">Another process holds it.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written to.</exception>
    public static LogFolder Hold(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            string probe = System.IO.Path.Combine(full, $".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"The data folder '{full}' cannot be written to: {e.Message} Choose another, or let this user write there.", e);
        }
        try
        {
            // Released by the system when the process ends, however it ends.
            var held = new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var folder = new LogFolder(full, held);
            if (Directory.Exists(folder.Temporary)) { Directory.Delete(folder.Temporary, recursive: true); }
            Directory.CreateDirectory(folder.Temporary);
            return folder;
        }
        catch (IOException e)
        {
            throw new DataFolderBusyException(full, e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
