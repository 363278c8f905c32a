namespace Bellwether.Acceptance.Tests;

/// <summary>Where the repository and the shared data lie.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find(folder => File.Exists(Path.Combine(folder, "Bellwether.slnx")))
        ?? throw new InvalidOperationException("The tests run outside the repository.");

    /// <summary>A file of the shared data; the test is skipped where it is absent.</summary>
    public static string Shared(string path)
    {
        string? shared = Find(folder => Directory.Exists(Path.Combine(folder, "shared", "data")));
        string file = Path.Combine(shared ?? "", "shared", path);
        if (shared is null || !File.Exists(file)) { Assert.Skip($"../shared/{path} is not there."); }
        return file;
    }

    private static string? Find(Func<string, bool> has)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (has(folder.FullName)) { return folder.FullName; }
        }
        return null;
    }
}
