namespace Bellwether.Storage.Log;

/// <summary>Another process has the data folder.</summary>
public sealed class DataFolderBusyException(string folder, Exception? innerException = null)
    : IOException($"The data folder '{folder}' is in use by another process; stop that one or choose another folder.", innerException)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;
}
