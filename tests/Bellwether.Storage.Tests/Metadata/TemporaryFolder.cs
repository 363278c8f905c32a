namespace Bellwether.Storage.Tests.Metadata;

/// <summary>A folder of its own for one test, removed after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("bellwether-").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
