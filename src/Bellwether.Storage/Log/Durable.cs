using System.Runtime.InteropServices;

namespace Bellwether.Storage.Log;

/// <summary>Writes that survive power loss: bytes are on disk, and so is the folder's entry for them.</summary>
internal static partial class Durable
{
    /// <summary>Replaces a file whole: a reader sees the old or the new content, whatever happens.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".tmp";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }
        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    public static void SyncFile(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes created, renamed and deleted entries of a folder durable. Windows does so by itself.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) { return; }
        int descriptor = Open(folder, 0); // .NET opens no directories; 0 is read-only on every Unix.
        if (descriptor < 0) { throw new IOException($"'{folder}' cannot be opened to make it durable: error {Marshal.GetLastPInvokeError()}."); }
        try
        {
            if (FSync(descriptor) != 0) { throw new IOException($"'{folder}' cannot be made durable: error {Marshal.GetLastPInvokeError()}."); }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
